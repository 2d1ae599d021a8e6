// What a device stores is encrypted; it locks, and unlocks without a network for as long as the lease goes. A stolen
// profile shows nothing.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { giveFinger } from "./support/authenticator.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { filesWith } from "./support/profile.mjs";
import { createClient, openClient } from "./support/steps/clients.mjs";
import { join, PASSWORD } from "./support/steps/joining.mjs";
import { invite, openTeam } from "./support/steps/people.mjs";
import { founder, members, TEAM, WORKSPACE } from "./support/steps/team.mjs";

const CLIENT = "西湖茶叶行";

journey("locked and unlocked", async (world) => {
  const desk = await founder(world);
  await openTeam(desk, TEAM);
  const [phone] = await members(world, desk, [{ name: "王帆", team: TEAM }]);
  await createClient(phone, { name: CLIENT });
  await phone.received();
  assert.deepEqual((await held(phone.page, [CLIENT])).words, [CLIENT]);
  assert.deepEqual((await held(phone.page, [CLIENT], { opened: false })).words, []);
  await phone.readyForOffline();

  await phone.loseSignal();
  await createClient(phone, { name: "灵隐素食馆" });
  await phone.goTo("/me");
  await phone.button("lock.now").waitFor();
  await phone.shot("lock-settings");
  await lock(phone);
  await assertAccessible(phone.page, "a locked device");
  await phone.shot("locked");
  await phone.field("join.password").fill("wrong horse battery");
  await phone.button("lock.unlock").click();
  await phone.text("errors.wrong_secret").waitFor();
  await unlock(phone);
  await phone.chip("ui.chip_waiting", { count: 1 }).waitFor().catch(() => {});

  // While it is used it stays open, also across a start of the app; locked, it stays locked.
  await phone.close();
  await phone.open();
  await phone.goTo("/");
  await phone.arrived();
  await phone.goTo("/me");
  await lock(phone);
  assert.deepEqual((await held(phone.page, [CLIENT, "灵隐素食馆"])).words, []);
  await phone.close();
  assert.deepEqual(await filesWith(phone.profile, CLIENT), []);
  const known = await filesWith(phone.profile, WORKSPACE);
  assert.ok(known.some((file) => file.includes("IndexedDB")), "the search finds what is not encrypted");
  await phone.open();
  await phone.goTo("/clients");
  await phone.heading("lock.title").waitFor();
  await unlock(phone);
  await openClient(phone, CLIENT);
  await phone.findSignal();
  await phone.received();
});

journey("the lease is over", async (world) => {
  const desk = await founder(world, { language: "en" });
  await createClient(desk, { name: CLIENT });
  await desk.received();
  await desk.readyForOffline();
  await desk.goTo("/me");
  await lock(desk);
  await desk.loseSignal();
  await endLease(desk);
  await desk.page.reload();
  await desk.text("lock.lease_over").first().waitFor();
  await desk.shot("locked-lease");
  await desk.field("join.password").fill(PASSWORD);
  await desk.button("lock.unlock").click();
  await desk.page.getByRole("alert").filter({ hasText: desk.t("lock.lease_over") }).waitFor();
  await desk.findSignal();
  await unlock(desk);
  await openClient(desk, CLIENT);
});

journey("a finger instead of a password", async (world) => {
  const desk = await founder(world);
  await createClient(desk, { name: CLIENT });
  await giveFinger(desk);
  await desk.goTo("/me");
  await desk.button("lock.add_passkey").click();
  const sheet = desk.page.getByRole("dialog");
  await sheet.getByLabel(desk.t("join.password"), { exact: true }).fill(PASSWORD);
  await desk.shot("passkey");
  await sheet.getByRole("button", { name: desk.t("lock.add_passkey"), exact: true }).click();
  await desk.text("lock.passkey_added").waitFor();
  await lock(desk);
  await desk.text("lock.passkey_added").waitFor({ state: "detached" });
  await desk.shot("locked-passkey");
  await desk.button("lock.by_passkey").click();
  await desk.heading("lock.title").waitFor({ state: "detached" });
  await openClient(desk, CLIENT);
});

journey("revoked while it is locked", async (world) => {
  const desk = await founder(world);
  const phone = await world.phone("wang");
  await join(phone, await invite(desk, { name: "王帆" }));
  await createClient(phone, { name: CLIENT });
  await phone.received();
  await phone.goTo("/me");
  await lock(phone);
  await phone.loseSignal();
  await desk.goTo("/people");
  await desk.page.getByRole("link", { name: /王帆/ }).click();
  await desk.button("people.revoke").click();
  await desk.page.getByRole("dialog").getByRole("button", { name: desk.t("people.revoke"), exact: true }).click();
  await desk.text("people.device_revoked").waitFor();
  await phone.findSignal();
  await phone.heading("join.removed").first().waitFor({ timeout: 30_000 });
});

/** @param {import("./support/device.mjs").Device} device on the page “Me” */
async function lock(device) {
  await device.button("lock.now").click();
  await device.heading("lock.title").waitFor();
}

async function unlock(device) {
  await device.field("join.password").fill(PASSWORD);
  await device.button("lock.unlock").click();
  await device.heading("lock.title").waitFor({ state: "detached" });
}

/** As the app does when it has not heard of the relay for as long as the lease goes. */
function endLease(device) {
  return device.page.evaluate(async () => {
    const settled = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open("caravan"));
    const meta = database.transaction("meta", "readwrite").objectStore("meta");
    await settled(meta.delete(new TextEncoder().encode("share")));
    database.close();
  });
}
