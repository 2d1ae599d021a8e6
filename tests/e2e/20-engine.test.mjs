// The engine stops in the middle of its work and is there again at once; a tab of a newer version takes over from one
// of an older, which says so and keeps what stands on its screen.

import assert from "node:assert/strict";

import { journey } from "./support/journey.mjs";
import { createClient, logInteraction, openClient } from "./support/steps/clients.mjs";
import { founder } from "./support/steps/team.mjs";
import { timed, until } from "./support/until.mjs";
import { newerVersion } from "./support/version.mjs";

const RESTARTED = 3_000;

journey("the engine stops", async (world) => {
  const desk = await founder(world);
  await createClient(desk, { name: "西湖茶叶行" });
  await desk.received();
  for (const how of ["at once", "in a promise"]) {
    await desk.goTo("/clients");
    await desk.field("clients.search").fill("灵隐");
    await desk.page.getByRole("link", { name: "西湖茶叶行" }).waitFor({ state: "detached" });
    await trap(desk, how);
    await desk.text("shell.engine_restarting").waitFor();
    const time = await timed(async () => {
      await desk.field("clients.search").fill("西湖");
      await desk.page.getByRole("link", { name: "西湖茶叶行" }).waitFor();
    });
    assert.ok(time <= RESTARTED, `it answered again after ${Math.round(time)} ms`);
    console.log(`stopped ${how}: answered again after ${Math.round(time)} ms`);
    await createClient(desk, { name: `灵隐素食馆 ${how}` });
    await desk.received();
  }
  const stops = world.troubles();
  assert.ok(stops.length >= 2 && stops.every((trouble) => /unreachable|RuntimeError/.test(trouble)), String(stops));
});

journey("a newer tab takes over", async (world) => {
  const desk = await founder(world);
  await createClient(desk, { name: "西湖茶叶行" });
  await desk.received();
  await desk.readyForOffline();
  const older = desk.page;
  await desk.goTo("/clients/new");
  await desk.field("clients.name").fill("灵隐素食馆");

  await world.relay.stop();
  await world.relay.startAgain({ dist: await newerVersion() });
  desk.page = await desk.newTab("/me");
  await desk.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const reloaded = desk.page.waitForEvent("load");
  await desk.button("shell.update_verb").click();
  await reloaded;
  await openClient(desk, "西湖茶叶行");
  await logInteraction(desk, "在新版本里写的");
  await desk.received();

  desk.page = older;
  await desk.text("shell.other_version").waitFor();
  assert.equal(await desk.field("clients.name").inputValue(), "灵隐素食馆");
  await desk.shot("other-version");
  await desk.button("shell.reload").click();
  await until("the form shows it", async () => (await desk.field("clients.name").inputValue()) === "灵隐素食馆");
  await desk.button("clients.save").click();
  await desk.received();
});

/** As a panic does in the released engine, whose Wasm stops at an instruction that cannot be executed. */
async function trap(desk, how) {
  const worker = desk.page.workers().find((worker) => /engine/.test(worker.url()));
  await worker.evaluate((how) => {
    const stop = () => {
      throw new WebAssembly.RuntimeError("unreachable");
    };
    if (how === "at once") setTimeout(stop);
    else Promise.resolve().then(stop);
  }, how);
}
