// A device that is taken out of the workspace loses its connection at once and wipes what it holds; one that was away
// does so at its next contact.

import assert from "node:assert/strict";

import { journey } from "./support/journey.mjs";
import { held } from "./support/database.mjs";
import { clientArrived, createClient } from "./support/steps/clients.mjs";
import { invite } from "./support/steps/people.mjs";
import { join } from "./support/steps/joining.mjs";
import { founder } from "./support/steps/team.mjs";
import { timed } from "./support/until.mjs";

const AT_ONCE = 5_000;

journey("a revoked device", async (world) => {
  const desk = await founder(world);
  const phone = await world.phone("wang");
  await join(phone, await invite(desk, { name: "王帆" }));
  await createClient(phone, { name: "西湖茶叶行" });
  await phone.received();
  await phone.goTo("/");

  await revoke(desk, "王帆");
  const time = await timed(() => phone.heading("join.removed").first().waitFor());
  assert.ok(time <= AT_ONCE, `the phone knew after ${Math.round(time)} ms`);
  assert.deepEqual((await held(phone.page, ["西湖茶叶行", "王帆"])).words, []);
  await phone.shot("revoked");

  const away = await world.phone("xie");
  await join(away, await invite(desk, { name: "谢璐" }));
  await createClient(away, { name: "断桥文具店" });
  await away.received();
  await away.loseSignal();
  await revoke(desk, "谢璐");
  await clientArrived(away, "断桥文具店");
  await away.findSignal();
  await away.heading("join.removed").first().waitFor({ timeout: 30_000 });
  assert.deepEqual((await held(away.page, ["断桥文具店", "谢璐"])).words, []);
});

/** @param {import("./support/device.mjs").Device} desk */
async function revoke(desk, person) {
  await desk.goTo("/people");
  await desk.page.getByRole("link", { name: new RegExp(person) }).click();
  await desk.button("people.revoke").click();
  await desk.page.getByRole("dialog").getByRole("button", { name: desk.t("people.revoke"), exact: true }).click();
  await desk.text("people.device_revoked").waitFor();
}
