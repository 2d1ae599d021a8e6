// Browsers that will not keep anything, and a database that a newer version has taken over: entry is refused, with the
// reason, instead of taking in work that would be lost.

import assert from "node:assert/strict";

import { journey } from "./support/journey.mjs";
import { clientArrived, createClient } from "./support/steps/clients.mjs";
import { PASSWORD } from "./support/steps/joining.mjs";
import { FOUNDER, founder } from "./support/steps/team.mjs";

const ENGINE = /\/assets\/caravan-engine-[0-9a-f]+\.js$/;
/** As in a private window of some browsers, and in some apps' own. */
const WITHOUT_DATABASE = 'Object.defineProperty(self, "indexedDB", { value: undefined });\n';

journey("no database", async (world) => {
  const phone = await world.phone("private");
  await phone.context.route(ENGINE, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: WITHOUT_DATABASE + (await response.text()) });
  });
  await phone.page.goto(await world.relay.foundingLink());
  await phone.text("shell.no_storage").waitFor();
  assert.equal(await phone.button("join.found").isVisible(), false, "nobody founds what cannot be kept");
  await phone.shot("no-storage");
  for (const trouble of world.troubles()) assert.match(trouble, /indexedDB|storage|database/i);
});

journey("a newer version's database", async (world) => {
  const desk = await founder(world);
  await createClient(desk, { name: "西湖茶叶行" });
  await desk.received();
  // Another tab opens the database as a newer version would: ours must let go of it.
  const upgraded = desk.page.evaluate(
    () =>
      new Promise((tell) => {
        const opening = indexedDB.open("caravan", 1_000);
        opening.onsuccess = () => {
          opening.result.close();
          tell("upgraded");
        };
        opening.onblocked = () => tell("blocked");
        opening.onerror = () => tell(opening.error.name);
      }),
  );
  assert.equal(await upgraded, "upgraded");
  await desk.goTo("/clients");
  await desk.text("shell.newer_data").waitFor();
  await desk.shot("newer-data");
});

journey("a browser that threw everything away", async (world) => {
  const desk = await founder(world);
  await createClient(desk, { name: "西湖茶叶行" });
  await desk.received();
  await desk.goTo("/me");
  await desk.button("me.sign_in_link").click();
  const link = await desk.page.getByText("/sign-in#").textContent();
  await desk.goTo("/");
  await desk.loseSignal();
  await createClient(desk, { name: "断桥文具店" });
  const session = await desk.context.newCDPSession(desk.page);
  const { origin } = new URL(desk.page.url());
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  await desk.page.reload();
  await desk.text("join.been_here").waitFor();
  await desk.shot("storage-lost");
  await desk.findSignal();
  await desk.page.goto(link);
  await desk.field("join.person").fill(FOUNDER);
  await desk.field("join.password").fill(PASSWORD);
  await desk.button("join.sign_in").click();
  await desk.arrived();
  // What the relay has is back; that the rest is not is said until it has been read.
  await desk.text("shell.lost_device").waitFor();
  await desk.shot("lost-device");
  await clientArrived(desk, "西湖茶叶行");
  assert.equal(await desk.page.getByText("断桥文具店").count(), 0);
  await desk.goTo("/");
  await desk.text("shell.lost_device").waitFor();
  await desk.button("ui.close").first().click();
  await desk.text("shell.lost_device").waitFor({ state: "detached" });
  await desk.goTo("/clients");
  assert.equal(await desk.text("shell.lost_device").count(), 0);
});
