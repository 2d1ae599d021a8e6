// The full export, and whether what several devices hold is the same.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { unzip } from "../zip.mjs";

/** @param {import("../device.mjs").Device} device */
export async function exportEverything(device) {
  await device.goTo("/storage");
  const download = device.page.waitForEvent("download");
  await device.button("storage.export").click();
  const files = unzip(await readFile(await (await download).path()));
  return { name: device.name, files, read: (file) => JSON.parse(files.get(file).toString("utf8")) };
}

/** Every field of a client, of its timeline and of its visits is the same in all the exports. */
export function assertAgreed(exports, name) {
  const [first, ...others] = exports.map((one) => ({ name: one.name, client: client(one, name) }));
  assert.ok(first.client, `${first.name} holds ${name}`);
  for (const other of others) {
    assert.deepEqual(other.client, first.client, `${other.name} and ${first.name} differ in ${name}`);
  }
}

/** The client's whole document, by its id. */
function client({ read }, name) {
  return Object.entries(read("clients.json")).find(([, document]) => document.profile?.name === name);
}
