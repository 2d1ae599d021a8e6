// With the relay gone, a new browser process on the same profile opens the app, reloads it, and what was written is there.

import { journey } from "./support/journey.mjs";
import { createClient, openClient } from "./support/steps/clients.mjs";
import { founder } from "./support/steps/team.mjs";

journey("cold start with no relay", async (world) => {
  const desk = await founder(world);
  await createClient(desk, { name: "西湖茶叶行", contact: "沈洁", phone: "13800001111" });
  await desk.received();
  await desk.readyForOffline();

  await world.relay.stop();
  await desk.close();
  await desk.open();
  await openClient(desk, "西湖茶叶行");
  await desk.page.reload();
  await desk.page.getByText("沈洁", { exact: true }).waitFor();
  await createClient(desk, { name: "灵隐素食馆" });
  await desk.page.getByText(desk.t("ui.sync_saved")).first().waitFor();

  await world.relay.startAgain();
  await desk.received({ within: 30_000 });
});
