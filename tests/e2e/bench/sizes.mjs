// What a phone downloads once: sizes by brotli, as the relay serves them.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** Kilobytes of 1,000 bytes. */
const KB = 1_000;

/** @returns {Promise<Record<string, number>>} kilobytes by a plain name such as `caravan-ui.wasm` */
export async function sizes(dist) {
  const found = {};
  for (const path of await readdir(dist, { recursive: true })) {
    const plain = /([\w-]+?)(?:_bg)?-[0-9a-f]{8,}\.(wasm|css|js)$/.exec(path);
    if (!plain) continue;
    const name = `${plain[1]}.${plain[2]}`;
    found[name] = (found[name] ?? 0) + (await brotli(join(dist, path))) / KB;
  }
  return found;
}

async function brotli(path) {
  try {
    return (await readFile(`${path}.br`)).length;
  } catch {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    return brotliCompressSync(await readFile(path), { params }).length;
  }
}
