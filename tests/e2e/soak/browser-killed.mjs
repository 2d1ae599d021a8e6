// Row 7: the whole browser dies in the middle of a write, over and over. What the screen had confirmed is there again,
// what it had not is there whole or not at all, and the app always loads.

import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

import { createClient, openClient } from "../support/steps/clients.mjs";
import { founder } from "../support/steps/team.mjs";
import { exportEverything } from "../support/steps/storage.mjs";

const CLIENT = "西湖茶叶行";
/** From the tap on: the write, its commit and what follows it lie well within, in milliseconds. */
const LATEST = 800;

export async function browserKilled(world, count, chance) {
  const desk = await founder(world);
  await createClient(desk, { name: CLIENT });
  await desk.received();
  await desk.readyForOffline();
  await world.relay.stop();
  const path = new URL(desk.page.url()).pathname;
  const confirmed = new Set();
  const written = new Set();
  let unconfirmed = 0;
  for (let kill = 0; kill < count; kill++) {
    const text = `第 ${kill} 条`;
    await desk.button("clients.log").click();
    await desk.field("clients.what_happened").fill(text);
    written.add(text);
    let stands = false;
    desk.button("clients.save").click({ noWaitAfter: true }).catch(() => {});
    const seen = desk.page.getByRole("listitem").getByText(text, { exact: true }).waitFor().then(
      () => (stands = true),
      () => {},
    );
    await pause(chance(LATEST));
    if (stands) confirmed.add(text);
    else unconfirmed += 1;
    await desk.kill();
    await seen;
    await desk.open();
    await desk.goTo(path);
    await desk.button("clients.log").waitFor();
  }
  await openClient(desk, CLIENT);
  const { read } = await exportEverything(desk);
  const held = Object.values(read("clients.json")).flatMap((client) => Object.values(client.interactions ?? {}));
  const texts = held.map((interaction) => interaction.text);
  assert.equal(new Set(texts).size, texts.length, "nothing is there twice");
  for (const text of texts) assert.ok(written.has(text), `nobody wrote ${text}`);
  const lost = [...confirmed].filter((text) => !texts.includes(text));
  assert.deepEqual(lost, [], "what was confirmed is there");
  await world.relay.startAgain();
  await desk.received({ within: 60_000 });
  return (
    `${count} kills, ${unconfirmed} before the screen had confirmed the write, of which ` +
    `${texts.length - confirmed.size} were there all the same: 0 of ${confirmed.size} confirmed writes lost, 0 by half, ` +
    `the app loaded ${count} times and all of it reached the relay`
  );
}
