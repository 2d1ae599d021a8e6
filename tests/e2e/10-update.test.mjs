// A new version is offered, never forced: the page one types in stays as it is until one asks for the new one.

import assert from "node:assert/strict";

import { journey } from "./support/journey.mjs";
import { founder } from "./support/steps/team.mjs";
import { newerVersion } from "./support/version.mjs";

journey("a new version is offered", async (world) => {
  const desk = await founder(world);
  await desk.readyForOffline();
  const before = await version(desk);
  await world.relay.stop();
  await world.relay.startAgain({ dist: await newerVersion() });

  await desk.goTo("/clients/new");
  await desk.field("clients.name").fill("西湖茶叶行");
  await desk.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const offer = desk.button("shell.update_verb");
  await offer.waitFor();
  assert.equal(await desk.field("clients.name").inputValue(), "西湖茶叶行");

  const reloaded = desk.page.waitForEvent("load");
  await offer.click();
  await reloaded;
  await desk.field("clients.name").waitFor();
  assert.equal(await desk.field("clients.name").inputValue(), "西湖茶叶行");
  assert.equal(await version(desk), `${before}-newer`);
});

/** Of the assets the page is served from. */
function version(desk) {
  return desk.page.evaluate(async () => {
    const keys = await caches.keys();
    return keys.filter((name) => name.startsWith("caravan-")).at(-1);
  });
}
