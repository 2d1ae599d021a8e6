// The same app as a newer version: what a phone sees after an update of the relay.

import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as places from "./places.mjs";

/**
 * Copies the app and gives its service worker another version and its engine another name, as a build of something else
 * would. The precompressed twins of what is changed go: the plain ones are served then.
 */
export async function newerVersion() {
  const dist = join(await mkdtemp(join(tmpdir(), "caravan-dist-")), "dist");
  await cp(places.dist, dist, { recursive: true });
  const assets = await readdir(join(dist, "assets"));
  const engine = assets.find((name) => /^engine-[0-9a-f]+\.js$/.test(name));
  const newer = engine.replace(/[0-9a-f](?=\.js$)/, (last) => (last === "0" ? "1" : "0"));
  await rename(join(dist, "assets", engine), join(dist, "assets", newer));
  await change(dist, "sw.js", (text) =>
    text.replace(/("?version"?\s*:\s*")([^"]+)"/, '$1$2-newer"').replaceAll(engine, newer),
  );
  await change(dist, "index.html", (text) => text.replaceAll(engine, newer));
  return dist;
}

async function change(dist, file, mend) {
  const path = join(dist, file);
  const text = await readFile(path, "utf8");
  const mended = mend(text);
  if (mended === text) throw new Error(`nothing of ${file} was changed`);
  await writeFile(path, mended);
  for (const packed of [".br", ".gz"]) await rm(path + packed, { force: true });
}
