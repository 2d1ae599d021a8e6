// The soaks that need a browser: `cargo xtask soak NAME`, or
//
//   node tests/e2e/soak/main.mjs NAME [count|full] [seed]
//
// Each prints one line with its figure, or fails with what did not hold.

import { World } from "../support/journey.mjs";
import { Relay } from "../support/relay.mjs";
import { badLine } from "./bad-line.mjs";
import { chance } from "./chance.mjs";
import { browserKilled } from "./browser-killed.mjs";
import { tabs } from "./tabs.mjs";

const SOAKS = {
  "browser-killed": { soak: browserKilled, count: 500 },
  tabs: { soak: tabs, count: 1_000 },
  "bad-line": { soak: badLine, count: 200 },
};

const [name, count = "full", seed = "1"] = process.argv.slice(2);
const { soak, count: full } = SOAKS[name] ?? {};
if (!soak) {
  console.error(`no such soak; there are ${Object.keys(SOAKS).join(", ")}`);
  process.exit(2);
}
const world = new World();
const began = performance.now();
try {
  world.relay = await Relay.start();
  const figure = await soak(world, count === "full" ? full : Number(count), chance(Number(seed)));
  console.log(`${figure} (${Math.round((performance.now() - began) / 1_000)} s)`);
} catch (error) {
  await world.record(`soak ${name}`);
  throw error;
} finally {
  await world.end();
}
