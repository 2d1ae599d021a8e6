// One tab writes for the whole device; another works through it, and takes over when it closes.

import assert from "node:assert/strict";

import { journey } from "./support/journey.mjs";
import { createClient, openClient } from "./support/steps/clients.mjs";
import { founder } from "./support/steps/team.mjs";
import { timed } from "./support/until.mjs";

const FAILOVER = 2_000;

journey("two tabs of one device", async (world) => {
  const desk = await founder(world);
  await createClient(desk, { name: "西湖茶叶行" });
  const first = desk.page;

  desk.page = await desk.newTab("/clients");
  await createClient(desk, { name: "灵隐素食馆" });
  const second = desk.page;
  desk.page = first;
  await openClient(desk, "灵隐素食馆");

  await second.goto(`${desk.address}/clients`);
  await second.getByRole("link", { name: "西湖茶叶行" }).waitFor();
  desk.page = second;
  await desk.field("clients.search").fill("灵隐");
  await first.close();
  const time = await timed(async () => {
    await desk.field("clients.search").fill("西湖");
    await second.getByRole("link", { name: "西湖茶叶行" }).waitFor();
    await second.getByRole("link", { name: "灵隐素食馆" }).waitFor({ state: "detached" });
  });
  assert.ok(time <= FAILOVER, `the second tab took over after ${Math.round(time)} ms`);
  await createClient(desk, { name: "断桥文具店" });
  await desk.received();
});
