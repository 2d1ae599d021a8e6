// Row 9: a day of work without signal, edits and photos, then a line that breaks again and again. Everything lands
// exactly once. What it leaves out is the clock: the work takes minutes, not eight hours.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { picture } from "./picture.mjs";
import { createClient, logInteraction } from "../support/steps/clients.mjs";
import { exportEverything } from "../support/steps/storage.mjs";
import { team } from "../support/steps/team.mjs";
import { until } from "../support/until.mjs";
import { addPhoto, dropIn } from "../support/steps/visits.mjs";

const EDITS_PER_PHOTO = 4;
const CUTS = 60;
/** How long the line holds and how long it is gone, at most, in milliseconds. */
const HOLDS = 900;
const GONE = 400;

export async function badLine(world, count, chance) {
  const { desk, phones } = await team(world, ["王帆"]);
  const [wang] = phones;
  await createClient(wang, { name: "西湖茶叶行", here: true });
  await wang.received();
  const client = new URL(wang.page.url()).pathname;
  await wang.readyForOffline();
  await wang.loseSignal();
  for (let edit = 0; edit < count; edit++) await logInteraction(wang, `第 ${edit} 条`);
  await dropIn(wang);
  const photos = Math.floor(count / EDITS_PER_PHOTO);
  for (let photo = 0; photo < photos; photo++) await addPhoto(wang, picture(photo, chance));
  await wang.goTo(client);

  for (let cut = 0; cut < CUTS; cut++) {
    await wang.findSignal();
    await pause(chance(HOLDS));
    await wang.loseSignal();
    await pause(chance(GONE));
  }
  const before = await arrived(world, desk);
  await wang.findSignal();
  const all = await until(
    "all of it is there",
    async () => {
      const held = await arrived(world, desk);
      return held.texts.length >= count && held.pictures >= photos && held;
    },
    { within: 180_000, every: 2_000 },
  );
  await wang.received({ within: 60_000 });
  assert.deepEqual(all.texts, Array.from({ length: count }, (_, edit) => `第 ${edit} 条`).sort(), "every edit is there once");
  assert.equal(all.photos, photos, "every photo is in the visit once");
  assert.equal(all.pictures, photos, "every picture is stored once");
  return (
    `${count} edits and ${photos} photos written without signal, then ${CUTS} cuts of the line, through which ` +
    `${before.texts.length} edits and ${before.pictures} pictures came; all there once in the end`
  );
}

/** What the office has of it by now, and the relay of the pictures. */
async function arrived(world, desk) {
  const { read } = await exportEverything(desk);
  const clients = Object.values(read("clients.json"));
  const texts = clients.flatMap((client) => Object.values(client.interactions ?? {})).map(({ text }) => text);
  const visits = clients.flatMap((client) => Object.values(client.visits ?? {}));
  const photos = visits.flatMap((visit) => Object.keys(visit.photos ?? {}));
  return { texts: texts.sort(), photos: photos.length, pictures: (await pictures(world.relay.data)).length };
}

async function pictures(data) {
  const files = await readdir(join(data, "blobs"), { recursive: true, withFileTypes: true }).catch(() => []);
  return files.filter((file) => file.isFile());
}
