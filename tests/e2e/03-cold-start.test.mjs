// With the relay gone, a new browser process on the same profile opens the app, reloads it, and what was written is there.

import { firstScreensKept, holdAfterGreeting, release } from "./support/greeting.mjs";
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

journey("the first screens stand there before the rows are read", async (world) => {
  const phone = await founder(world);
  await createClient(phone, { name: "西湖茶叶行" });
  await phone.received();
  await phone.goTo("/clients");
  await firstScreensKept(phone);

  await holdAfterGreeting(phone);
  await phone.goTo("/clients");
  const list = phone.page.getByRole("list", { name: phone.t("clients.title") });
  await list.getByRole("link", { name: "西湖茶叶行" }).waitFor();
  await phone.field("clients.search").fill("灵隐");
  await release(phone);
  await phone.text("clients.none_match").waitFor();
  await firstScreensKept(phone);

  // Whatever may hold a form waits until it can give back what was typed into it before.
  await phone.goTo("/");
  await phone.arrived();
  await phone.link("shell.clients").click();
  await list.getByRole("link", { name: "西湖茶叶行" }).click();
  await phone.heading("clients.title").waitFor({ state: "detached" });
  await release(phone);
  await phone.page.getByRole("heading", { name: "西湖茶叶行", level: 1 }).waitFor();
});
