// The same app as a newer version: what a phone sees after an update of the relay.

import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as places from "./places.mjs";

/** Copies the app and gives its worker script another version. The precompressed twin goes: the plain one is served then. */
export async function newerVersion() {
  const dist = join(await mkdtemp(join(tmpdir(), "caravan-dist-")), "dist");
  await cp(places.dist, dist, { recursive: true });
  const script = join(dist, "sw.js");
  const text = await readFile(script, "utf8");
  const newer = text.replace(/("?version"?\s*:\s*")([^"]+)"/, '$1$2-newer"');
  if (newer === text) throw new Error("sw.js names no version");
  await writeFile(script, newer);
  for (const packed of ["sw.js.br", "sw.js.gz"]) await rm(join(dist, packed), { force: true });
  return dist;
}
