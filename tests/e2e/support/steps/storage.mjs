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
  const [first, ...others] = exports.map((one) => ({ name: one.name, ...of(one, name) }));
  assert.ok(first.client, `${first.name} holds ${name}`);
  for (const other of others) {
    assert.deepEqual(other.client, first.client, `${other.name} and ${first.name} differ in ${name}`);
    assert.deepEqual(other.visits, first.visits, `${other.name} and ${first.name} differ in visits to ${name}`);
  }
}

function of({ read }, name) {
  const file = read("clients.json").find((file) => file.client.draft.name === name);
  const visits = read("visits.json").filter((visit) => file && same(visit.client, file.client.id));
  return { client: file?.client, visits };
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
