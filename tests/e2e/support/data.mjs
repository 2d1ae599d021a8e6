// The list of 10,000 clients and what a correct import makes of it.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { root } from "./places.mjs";

export const list = join(root, "tests/data/clients-10k.csv");

export async function manifest() {
  return JSON.parse(await readFile(join(root, "tests/data/clients-10k.manifest.json"), "utf8"));
}
