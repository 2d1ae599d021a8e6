// The phone's storage is full. What is typed stays in its form and the app says so; what was saved can be read and
// exported; once there is room again, saving goes on as if nothing had been.

import assert from "node:assert/strict";

import { journey } from "./support/journey.mjs";
import { fillStorage, freeStorage } from "./support/quota.mjs";
import { createClient, openClient } from "./support/steps/clients.mjs";
import { founder } from "./support/steps/team.mjs";
import { exportEverything } from "./support/steps/storage.mjs";
import { until } from "./support/until.mjs";

journey("storage full", async (world) => {
  const desk = await founder(world);
  await createClient(desk, { name: "西湖茶叶行" });
  await desk.received();

  await desk.goTo("/clients/new");
  await fillStorage(desk);
  await desk.field("clients.name").fill("灵隐素食馆");
  await desk.text("shell.storage_full").waitFor();
  await desk.button("clients.save").click();
  await desk.text("errors.storage_full").waitFor();
  assert.equal(await desk.field("clients.name").inputValue(), "灵隐素食馆");
  await desk.shot("storage-full");

  const other = desk.page;
  desk.page = await desk.newTab("/");
  const { read } = await exportEverything(desk);
  assert.equal(Object.keys(read("clients.json")).length, 1);
  await openClient(desk, "西湖茶叶行");
  await desk.page.close();
  desk.page = other;

  for (const trouble of world.troubles()) assert.match(trouble, /storage is full/);
  await freeStorage(desk);
  await until("it is saved", async () => {
    if (await desk.button("clients.save").isVisible()) await desk.button("clients.save").click();
    return !(await desk.field("clients.name").isVisible());
  });
  await desk.text("shell.storage_full").waitFor({ state: "detached" });
  await openClient(desk, "灵隐素食馆");
  await desk.received();
});
