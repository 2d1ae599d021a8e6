// A part of the interface that is neither stored nor to be had: its screen says so, the others work, and it comes with the
// network. Development builds have no parts.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { journey } from "./support/journey.mjs";
import * as places from "./support/places.mjs";
import { createClient, openClient } from "./support/steps/clients.mjs";
import { founder } from "./support/steps/team.mjs";

const PART = /\/caravan-ui-split_manage-[0-9a-f]+\.wasm$/;
const parts = (await readdir(join(places.dist, "assets"))).filter((path) => PART.test(`/${path}`));

if (parts.length > 0) {
  journey("a part that is not here", async (world) => {
    const desk = await founder(world);
    await createClient(desk, { name: "西湖茶叶行" });
    await desk.received();
    await desk.readyForOffline();
    assert.equal(await forget(desk, PART), 1, "every part belongs to what is stored");

    // The browser's own cache would have it too.
    const browser = await desk.context.newCDPSession(desk.page);
    await browser.send("Network.clearBrowserCache");
    await world.relay.stop();
    await desk.page.reload();
    await openClient(desk, "西湖茶叶行");
    await desk.goTo("/goals");
    await desk.text("shell.part_missing").waitFor();
    await desk.shot("part-missing");
    await world.relay.startAgain();
    await desk.button("shell.try_again").click();
    await desk.page.getByRole("heading", { name: desk.t("goals.title"), exact: true }).first().waitFor();
    for (const trouble of world.troubles()) assert.match(trouble, /Failed to fetch|ERR_|WebAssembly|Failed to load/);
  });
}

/** As if the browser had lost it. @returns {Promise<number>} how many there were */
function forget(desk, pattern) {
  return desk.page.evaluate(async (source) => {
    const part = new RegExp(source);
    let gone = 0;
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (part.test(new URL(request.url).pathname) && (await cache.delete(request))) gone += 1;
      }
    }
    return gone;
  }, pattern.source);
}
