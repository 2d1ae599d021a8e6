// A client is erased for good: it is gone from every phone, and nothing of it is left in what they store.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { clientArrived, createClient, logInteraction, openClient } from "./support/steps/clients.mjs";
import { openTeam } from "./support/steps/people.mjs";
import { founder, members, TEAM } from "./support/steps/team.mjs";
import { until } from "./support/until.mjs";

const CLIENT = "西湖茶叶行";
const OTHER = "灵隐素食馆";
const SAID = "老板明年想换供应商";

journey("erased for good", async (world) => {
  const desk = await founder(world);
  await openTeam(desk, TEAM);
  const [phone] = await members(world, desk, [{ name: "王帆", team: TEAM }]);
  await createClient(phone, { name: OTHER });
  await createClient(phone, { name: CLIENT, phone: "13800001111" });
  await logInteraction(phone, SAID);
  await phone.received();
  await clientArrived(desk, CLIENT);
  await openClient(desk, CLIENT);
  const path = new URL(desk.page.url()).pathname;
  assert.deepEqual((await held(phone.page, [CLIENT, SAID])).words, [CLIENT, SAID].sort());

  // An account manager is not even offered it.
  await openClient(phone, CLIENT);
  await phone.button("clients.more").click();
  await phone.button("clients.archive").waitFor();
  assert.equal(await phone.button("clients.erase").count(), 0);
  await phone.page.keyboard.press("Escape");

  await desk.button("clients.more").click();
  await desk.button("clients.erase").click();
  const sheet = desk.page.getByRole("dialog").filter({ hasText: desk.t("clients.erase_why") });
  await sheet.waitFor();
  await assertAccessible(desk.page, "the sheet that erases a client");
  const verb = sheet.getByRole("button", { name: desk.t("clients.erase_verb"), exact: true });
  assert.ok(await verb.isDisabled(), "not without a reason");
  await sheet.getByRole("button", { name: desk.t("clients.erase_asked") }).click();
  await desk.shot("erase");
  await verb.click();
  await desk.received();
  await desk.goTo(path);
  await desk.text("clients.erased").first().waitFor();
  await desk.shot("erased");

  await phone.goTo("/clients");
  await phone.page.getByRole("link", { name: OTHER }).waitFor();
  await phone.page.getByRole("link", { name: CLIENT }).waitFor({ state: "detached" });
  for (const device of [phone, desk]) {
    await until(`${device.name} holds nothing of it`, async () => {
      const { words } = await held(device.page, [CLIENT, SAID, "13800001111"]);
      return words.length === 0;
    });
  }
  assert.deepEqual((await held(phone.page, [OTHER])).words, [OTHER]);
});
