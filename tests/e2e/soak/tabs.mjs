// Row 8: two tabs of one device write in turn; the one that holds the pen is closed or crashed again and again.

import assert from "node:assert/strict";

import { timed } from "../support/until.mjs";
import { createClient, logInteraction, openClient } from "../support/steps/clients.mjs";
import { founder } from "../support/steps/team.mjs";
import { exportEverything } from "../support/steps/storage.mjs";

const CLIENT = "西湖茶叶行";
/** One change of hands in so many edits. */
const EDITS_PER_DEATH = 40;
const FAILOVER = 2_000;

export async function tabs(world, count, chance) {
  const desk = await founder(world);
  await createClient(desk, { name: CLIENT });
  const path = new URL(desk.page.url()).pathname;
  // The first tab writes for the device; the others through it.
  let leader = desk.page;
  let follower = await desk.newTab(path);
  const failovers = [];
  for (let edit = 0; edit < count; edit++) {
    const dies = edit > 0 && edit % EDITS_PER_DEATH === 0;
    if (dies) {
      await end(desk, leader, chance(2) === 0);
      failovers.push(await timed(() => log(desk, follower, words(edit))));
      leader = follower;
      follower = await desk.newTab(path);
    } else {
      await log(desk, edit % 2 === 0 ? leader : follower, words(edit));
    }
  }
  desk.page = leader;
  await desk.received({ within: 60_000 });
  await follower.close();
  const { read } = await exportEverything(desk);
  const held = Object.values(read("clients.json")).flatMap((client) => Object.values(client.interactions ?? {}));
  const texts = held.map((interaction) => interaction.text).sort();
  const expected = Array.from({ length: count }, (_, edit) => words(edit)).sort();
  assert.deepEqual(texts, expected, "every edit is there once");
  await openClient(desk, CLIENT);
  const slowest = Math.max(...failovers);
  assert.ok(slowest <= FAILOVER, `a tab took over after ${Math.round(slowest)} ms`);
  failovers.sort((one, other) => one - other);
  const median = failovers[Math.floor(failovers.length / 2)];
  return (
    `${count} edits by two tabs in turn, ${failovers.length} times the writing tab closed or crashed: 0 lost, 0 twice; ` +
    `the next edit was saved by the other tab after ${Math.round(median)} ms (median), at most ${Math.round(slowest)} ms`
  );
}

function words(edit) {
  return `第 ${edit} 条`;
}

/** Saved when it stands in the timeline. */
async function log(desk, page, text) {
  desk.page = page;
  await page.bringToFront();
  await logInteraction(desk, text);
}

async function end(desk, page, crashes) {
  if (!crashes) return page.close();
  const client = await desk.context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  client.send("Page.crash").catch(() => {});
  await crashed;
  await page.close();
}
