// The list of 10,000 clients and what a correct import makes of it.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { root } from "./places.mjs";

const folder = join(root, "app/files/tests/data");
export const list = join(folder, "clients-10k.csv");

/** `malformed` and `duplicates_of` begin with the record's number, the header being 1. */
export async function manifest() {
  return JSON.parse(await readFile(join(folder, "clients-10k.manifest.json"), "utf8"));
}

/** Text that means harm somewhere: in a page, a query, a spreadsheet. */
export async function hostile() {
  return JSON.parse(await readFile(join(folder, "hostile.json"), "utf8"));
}
