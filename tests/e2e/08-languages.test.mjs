// Chinese and English, switched live and with no network; the choice outlives a restart.

import { journey } from "./support/journey.mjs";
import { createClient, openClient } from "./support/steps/clients.mjs";
import { founder } from "./support/steps/team.mjs";

journey("both languages, offline", async (world) => {
  const desk = await founder(world);
  await createClient(desk, { name: "西湖茶叶行" });
  await desk.received();
  await desk.readyForOffline();
  await world.relay.stop();

  await choose(desk, "english", "en");
  await openClient(desk, "西湖茶叶行");
  await desk.shot("client-en");
  await desk.close();
  await desk.open();
  await desk.goTo("/");
  await desk.arrived();
  await choose(desk, "chinese", "zh");
  await desk.goTo("/clients");
  await desk.heading("clients.title").waitFor();
});

/** @param {import("./support/device.mjs").Device} desk */
async function choose(desk, word, language) {
  await desk.goTo("/me");
  const choice = desk.page.getByText(desk.t(`me.${word}`), { exact: true });
  await choice.click();
  desk.speak(language);
  await desk.heading("shell.me").waitFor();
}
