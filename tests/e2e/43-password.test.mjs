// Another password: with the old one and a network, and nothing changes without; it unlocks this device and signs in on
// others. Whoever forgot theirs comes back by a link, and finds what they had.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { clientArrived, createClient, openClient } from "./support/steps/clients.mjs";
import { PASSWORD } from "./support/steps/joining.mjs";
import { office } from "./support/steps/team.mjs";

const CLIENT = "西湖茶叶行";
const SECOND = "quite another long one";
const THIRD = "a third one to remember";

journey(
  "another password, and one that was forgotten",
  async (world) => {
    const { director, manager, wang } = await office(world);
    await createClient(wang, { name: CLIENT });
    await wang.received();
    await manager.readyForOffline();
    await wang.readyForOffline();

    // Refused as it stands, and kept nowhere.
    await manager.goTo("/me");
    await openForm(manager);
    await look(manager, "password-form");
    await assertAccessible(manager.page, "changing the password");
    await fill(manager, "wrong horse battery", SECOND);
    await manager.text("errors.wrong_secret").waitFor();
    await fill(manager, PASSWORD, SECOND, THIRD);
    await manager.text("lock.not_the_same").waitFor();
    await fill(manager, PASSWORD, "short");
    await manager.text("errors.password_too_short").waitFor();
    await manager.loseSignal();
    await fill(manager, PASSWORD, SECOND);
    await manager.text("lock.password_offline").waitFor();
    await look(manager, "password-offline");
    assert.deepEqual((await held(manager.page, [SECOND])).words, []);
    await lock(manager);
    await unlock(manager, PASSWORD);

    await manager.findSignal();
    await manager.goTo("/me");
    await openForm(manager);
    await fill(manager, PASSWORD, SECOND);
    await manager.text("lock.password_changed").waitFor();
    await look(manager, "password-changed");
    await manager.loseSignal();
    await lock(manager);
    await unlock(manager, PASSWORD, { fits: false });
    await unlock(manager, SECOND);
    await manager.findSignal();

    // It signs in on another phone, and the old one does not.
    await manager.goTo("/me");
    await manager.button("me.sign_in_link").click();
    const link = await manager.page.getByText(/\/sign-in#/).textContent();
    const tablet = await world.phone("tablet", { language: "en" });
    await tablet.page.goto(link);
    await signIn(tablet, "罗亮", PASSWORD);
    await tablet.text("errors.wrong_password").waitFor();
    await signIn(tablet, "罗亮", SECOND);
    await tablet.arrived();

    // Wang has forgotten hers.
    await wang.goTo("/me");
    await lock(wang);
    await wang.button("lock.forgotten").click();
    await wang.text("lock.forgotten_body").waitFor();
    await look(wang, "password-forgotten");
    await director.goTo("/people");
    await director.page.getByRole("link", { name: /王帆/ }).click();
    await director.button("people.make_password_link").click();
    const sheet = director.page.getByRole("dialog");
    await look(director, "password-link-before");
    await sheet.getByRole("button", { name: director.t("people.make_password_link"), exact: true }).click();
    const renewal = await director.page.getByText(/\/join#/).textContent();
    await director.received();
    await look(director, "password-link");

    await wang.page.goto(renewal);
    await wang.text("join.renew_intro", { name: "王帆", person: "何总监", workspace: "杭州商队" }).waitFor();
    await look(wang, "password-renew");
    await wang.field("lock.new_password").fill(THIRD);
    await wang.button("join.renew").click();
    await wang.arrived();
    await clientArrived(wang, CLIENT);
    await openClient(wang, CLIENT);
    await wang.goTo("/me");
    await lock(wang);
    await unlock(wang, THIRD);

    // The link is used up.
    await tablet.page.goto(renewal);
    await tablet.text("errors.link_used").waitFor();
  },
  { timeout: 240_000 },
);

async function openForm(device) {
  await device.button("lock.change_password").first().click();
  await device.field("lock.old_password").waitFor();
}

async function fill(device, old, fresh, again = fresh) {
  await device.field("lock.old_password").fill(old);
  await device.field("lock.new_password").fill(fresh);
  await device.field("lock.new_again").fill(again);
  const sheet = device.page.getByRole("dialog");
  await sheet.getByRole("button", { name: device.t("lock.change_password"), exact: true }).click();
}

async function signIn(device, name, password) {
  await device.field("join.person").fill(name);
  await device.field("join.password").fill(password);
  await device.button("join.sign_in").click();
}

async function lock(device) {
  await device.goTo("/me");
  await device.button("lock.now").click();
  await device.heading("lock.title").waitFor();
}

async function unlock(device, password, { fits = true } = {}) {
  await device.field("join.password").fill(password);
  await device.button("lock.unlock").click();
  if (fits) await device.heading("lock.title").waitFor({ state: "detached" });
  else await device.text("errors.wrong_secret").waitFor();
}

async function look(device, name) {
  await device.page.waitForTimeout(300);
  await device.shot(`${name}-${device.language}`);
}
