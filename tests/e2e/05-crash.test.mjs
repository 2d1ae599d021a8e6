// The tab and the whole browser die in the middle of writing. What was confirmed on the screen is there again, whole;
// what was being typed is still in its form.

import assert from "node:assert/strict";

import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { createClient, openClient } from "./support/steps/clients.mjs";
import { founder } from "./support/steps/team.mjs";
import { until } from "./support/until.mjs";

journey("killed in mid-write", async (world) => {
  const desk = await founder(world);
  await desk.readyForOffline();
  await createClient(desk, { name: "西湖茶叶行" });

  await desk.goTo("/clients/new");
  await desk.field("clients.name").fill("灵隐素食馆");
  await until("what was typed is kept", async () => (await held(desk.page, ["灵隐素食馆"])).words.length === 1);
  await crash(desk);
  desk.page = await desk.newTab("/clients/new");
  await until("the form shows it", async () => (await desk.field("clients.name").inputValue()) === "灵隐素食馆");

  await desk.button("clients.save").click({ noWaitAfter: true });
  await desk.kill();
  await desk.open();
  await openClient(desk, "西湖茶叶行");
  await wholeOrAbsent(desk, "灵隐素食馆");
  await createClient(desk, { name: "断桥文具店" });
  await desk.received();

});

/** A write that nobody confirmed may or may not have happened; it never happened by half. */
async function wholeOrAbsent(desk, name) {
  await desk.goTo("/clients");
  await desk.page.getByRole("listitem").filter({ hasText: "西湖茶叶行" }).waitFor();
  const total = await desk.page.getByRole("status").filter({ hasText: desk.t("clients.count") }).textContent();
  const rows = await desk.page.getByRole("listitem").filter({ hasText: name }).count();
  assert.match(total, new RegExp(String(1 + rows)));
  if (rows > 0) await openClient(desk, name);
}

async function crash(desk) {
  const client = await desk.context.newCDPSession(desk.page);
  const crashed = desk.page.waitForEvent("crash");
  client.send("Page.crash").catch(() => {});
  await crashed;
  await desk.page.close();
}
