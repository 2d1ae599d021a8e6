// The app in Chromium with 10,000 clients, at full speed and four times slower.
//
//   node tests/e2e/bench.mjs [runs]
//
// Needs what the journeys need. Prints one JSON object per line, then a table; a missed target is printed as such.

import { setTimeout as delay } from "node:timers/promises";

import { keystrokesAtLeast } from "./bench/floor.mjs";
import { memory } from "./bench/memory.mjs";
import { p95, printTable, report } from "./bench/report.mjs";
import { lighthouse } from "./bench/lighthouse.mjs";
import { sizes } from "./bench/sizes.mjs";
import { timeToPaint, timeToShow, watchPainting } from "./bench/painted.mjs";
import { World } from "./support/journey.mjs";
import * as places from "./support/places.mjs";
import { Relay } from "./support/relay.mjs";
import { slowDown } from "./support/slowdown.mjs";
import { found } from "./support/steps/joining.mjs";
import { importAll, openList } from "./support/steps/files.mjs";
import { manifest } from "./support/data.mjs";

const runs = Number(process.argv[2] ?? 5);
/** Typed one letter after the other: pinyin, initials, Chinese, and part of a phone number. */
const SEARCHES = ["hangzhou", "gzdx", "科技", "1386"];
/** Milliseconds. */
const MEMORY_WITHIN = 30_000;
/** Left alone for so long the app keeps what its first screens say, for the next start, also while it looks for its relay. */
const LEFT_ALONE = 12_000;
/** A phone's keyboard takes longer to come up, once somebody has tapped into a field. */
const KEYBOARD = 300;
/** After that the engine has read its rows, and the parts with the other screens have been fetched. */
const SETTLED = 2_000;
const FIRST_ROW = '[role="listitem"] a[href^="/clients/"]';
const SPEEDS = [
  { name: "unthrottled", times: 1, keystroke: 16 },
  { name: "4× slower", times: 4, keystroke: 50, start: 1_000 },
];

const world = new World();
try {
  await measure();
} catch (error) {
  await world.record("bench");
  throw error;
} finally {
  await world.end();
}
printTable();

async function measure() {
  await measureSizes();
  world.relay = await Relay.start();
  await measureLighthouse();
  const phone = await world.phone("phone");
  await found(phone, await world.relay.foundingLink(), { workspace: "Bench", name: "Bench" });
  await measureImport(phone);
  await phone.readyForOffline();
  await world.relay.stop();
  await phone.goTo("/clients");
  await delay(LEFT_ALONE);
  for (const speed of SPEEDS) {
    await measureColdStart(phone, speed);
    await measureSearch(phone, speed);
    await measureForm(phone, speed);
  }
  await measureMemory(phone);
}

async function measureSizes() {
  const found = await sizes(places.dist);
  for (const name of ["caravan-ui.wasm", "caravan-engine.wasm"]) {
    report("size-brotli", name, [found[name]], "KB", { atMost: 450 });
  }
  // What is read once the first screen is there, and what only some ever need.
  const later = Object.keys(found).filter((name) => /^caravan-(ui|engine)-.*\.wasm$/.test(name));
  for (const name of [...later, "caravan-files.wasm", "app.css", "caravan-ui.js", "caravan-engine.js"]) {
    report("size-brotli", name, [found[name]], "KB");
  }
}

async function measureLighthouse() {
  try {
    const scores = await lighthouse(world.relay.address);
    for (const [name, score] of Object.entries(scores)) report("lighthouse", name, [score], "of 100");
  } catch (error) {
    console.error(`Lighthouse does not run here: ${error.message.split("\n")[0]}`);
  }
}

async function measureImport(phone) {
  const { rows } = await manifest();
  const start = performance.now();
  await openList(phone);
  await importAll(phone);
  report("import", `${rows} rows`, [(performance.now() - start) / 1_000], "s");
}

async function measureColdStart(phone, { name, times, start }) {
  const starts = [];
  for (let run = 0; run < runs; run++) {
    await phone.close();
    await phone.open();
    await watchPainting(phone.context);
    const end = await slowDown(await phone.pid(), times);
    await phone.goTo("/clients");
    starts.push(await timeToShow(phone.page, FIRST_ROW));
    await end();
  }
  report("cold-start", name, starts, "ms", { atMost: start });
}

async function measureSearch(phone, { name, times, keystroke }) {
  await phone.goTo("/clients");
  const search = phone.field("clients.search");
  const end = await slowDown(await phone.pid(), times);
  await search.focus();
  await delay(KEYBOARD);
  const keys = [];
  for (let run = 0; run < runs; run++) {
    for (const word of SEARCHES) {
      await search.fill("");
      await search.focus();
      for (const letter of word) {
        const time = await timeToPaint(phone.page, () => typeInto(phone, letter));
        if (!Number.isNaN(time)) keys.push(time);
      }
    }
  }
  const floor = await keystrokesAtLeast(phone.context, SEARCHES.join("").repeat(runs));
  await end();
  report("search-keystroke-p50", name, keys, "ms");
  report("search-keystroke-p95", name, keys, "ms", { atMost: keystroke, of: p95 });
  report("keystroke-at-least-p50", name, floor, "ms");
  report("keystroke-at-least-p95", name, floor, "ms", { of: p95 });
}

/** Chinese has no keys: an input method puts a character in at once. */
function typeInto({ page: { keyboard } }, letter) {
  return letter < "\x7f" ? keyboard.press(letter) : keyboard.insertText(letter);
}

async function measureForm(phone, { name, times }) {
  const [forms, files] = [[], []];
  const end = await slowDown(await phone.pid(), times);
  for (let run = 0; run < runs; run++) {
    await phone.goTo("/clients");
    await timeToShow(phone.page, FIRST_ROW);
    await delay(SETTLED);
    forms.push(await timeToPaint(phone.page, () => phone.link("clients.new").click()));
    await phone.goTo("/clients");
    await timeToShow(phone.page, FIRST_ROW);
    await delay(SETTLED);
    files.push(await timeToPaint(phone.page, () => phone.page.locator(FIRST_ROW).nth(run).click()));
  }
  await end();
  report("tap-to-form", name, forms, "ms");
  report("tap-to-client", name, files, "ms");
}

async function measureMemory(phone) {
  await phone.goTo("/clients");
  await timeToShow(phone.page, FIRST_ROW);
  const counted = await Promise.race([memory(phone.page), delay(MEMORY_WITHIN)]);
  if (!counted) return console.error("Memory cannot be counted with this version of Chromium");
  const { script, wasm, threads } = counted;
  const MB = 1 << 20;
  report("heap", `page and ${threads - 1} worker, JavaScript`, [script / MB], "MB");
  report("heap", `page and ${threads - 1} worker, Wasm`, [wasm / MB], "MB");
  report("heap", "together", [(script + wasm) / MB], "MB", { atMost: 60 });
}
