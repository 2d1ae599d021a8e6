// The relay has lost everything, and there is no backup. A director gives the workspace back from their phone by the operator's
// link; the others' phones come back by themselves and bring what the director did not have; who cannot be known again comes
// in by a link and keeps what was not sent.

import assert from "node:assert/strict";
import { mkdir, rm } from "node:fs/promises";

import { assertAccessible } from "./support/accessibility.mjs";
import { journey } from "./support/journey.mjs";
import { changeClient, clientArrived, createClient, logInteraction, openClient } from "./support/steps/clients.mjs";
import { PASSWORD } from "./support/steps/joining.mjs";
import { office } from "./support/steps/team.mjs";

const OLD = "西湖茶叶行";
const RENAMED = "西湖龙井茶行";
const OF_MANAGER = "灵隐素食馆";
const OFFLINE = "河坊街布庄";
const OF_LI = "断桥伞铺";
const AFTERWARDS = "孤山书局";
const NEW_PASSWORD = "quite another long one";

journey(
  "a relay that lost everything",
  async (world) => {
    const { director, manager, wang, li } = await office(world);
    await createClient(wang, { name: OLD });
    await wang.received();
    await createClient(manager, { name: OF_MANAGER });
    await manager.received();
    await clientArrived(director, OLD);
    await clientArrived(director, OF_MANAGER);
    await director.received();
    for (const device of [director, manager, wang, li]) await device.readyForOffline();

    // Wang and Li work without a network; the director hears nothing of it.
    for (const device of [wang, li]) await device.loseSignal();
    await changeClient(wang, OLD, { name: RENAMED });
    await logInteraction(wang, "下周二送样品过来");
    await createClient(wang, { name: OFFLINE });
    await createClient(li, { name: OF_LI });

    await world.relay.stop();
    await rm(world.relay.data, { recursive: true });
    await mkdir(world.relay.data);
    await world.relay.startAgain();
    const link = await world.relay.anotherFoundingLink("rebuild");

    // Nobody's, and not a team manager's, who does not have everything.
    const stranger = await world.phone("stranger");
    await stranger.page.goto(link);
    await stranger.text("join.rebuild_elsewhere").waitFor();
    await look(stranger, "rebuild-elsewhere");
    await assertAccessible(stranger.page, "the link on a device of nobody");
    await manager.page.goto(link);
    await manager.field("join.password").fill(PASSWORD);
    await look(manager, "rebuild");
    await assertAccessible(manager.page, "giving back, in English and the dark");
    await manager.button("join.rebuild").click();
    await manager.text("errors.not_a_director").waitFor();
    await look(manager, "rebuild-not-a-director");

    await director.page.goto(link);
    await director.field("join.password").fill("wrong horse battery");
    await director.button("join.rebuild").click();
    await director.text("errors.wrong_secret").waitFor();
    await assertAccessible(director.page, "giving back, with the wrong password");
    await look(director, "rebuild-wrong");
    await director.page.setViewportSize({ width: 390, height: 844 });
    await director.field("join.password").fill(PASSWORD);
    await look(director, "rebuild-phone");
    await director.page.setViewportSize({ width: 1280, height: 800 });
    await director.button("join.rebuild").click();
    await director.arrived();
    await clientArrived(director, OLD);

    // The link is used up.
    await stranger.page.goto("about:blank");
    await stranger.page.goto(link);
    await stranger.text("errors.unknown_link").waitFor();

    // They are known by what they wrote.
    await wang.findSignal();
    await wang.goTo("/clients");
    await clientArrived(director, RENAMED);
    await clientArrived(director, OFFLINE);
    await openClient(director, RENAMED);
    await director.page.getByText("下周二送样品过来").waitFor();
    await manager.goTo("/clients");
    await clientArrived(manager, OFFLINE);
    await clientArrived(manager, RENAMED);

    // Nobody has anything that Li wrote: her device is let in by a link, with what waits on it.
    await li.findSignal();
    await li.goTo("/");
    await li.text("shell.unknown_device").waitFor();
    await look(li, "rebuild-unknown");
    await director.goTo("/people");
    await director.page.getByRole("link", { name: /李敏/ }).click();
    await director.button("people.make_password_link").click();
    const sheet = director.page.getByRole("dialog");
    await sheet.getByRole("button", { name: director.t("people.make_password_link"), exact: true }).click();
    const renewal = await director.page.getByText(/\/join#/).textContent();
    await director.received();
    await li.page.goto(renewal);
    await li.field("lock.new_password").fill(NEW_PASSWORD);
    await li.button("join.renew").click();
    await li.arrived();
    await clientArrived(li, OF_LI);
    await clientArrived(director, OF_LI);

    // From here on everything is as ever, and each device opens as before.
    await createClient(wang, { name: AFTERWARDS });
    await clientArrived(director, AFTERWARDS);
    await clientArrived(manager, AFTERWARDS);
    // The relay is told the shares within some seconds.
    await wang.page.waitForTimeout(20_000);
    for (const [device, password] of [
      [director, PASSWORD],
      [wang, PASSWORD],
      [li, PASSWORD],
    ]) {
      await device.goTo("/me");
      await device.button("lock.now").click();
      await device.heading("lock.title").waitFor();
      await device.field("join.password").fill(password);
      await device.button("lock.unlock").click();
      await device.heading("lock.title").waitFor({ state: "detached" });
    }
    await clientArrived(wang, OFFLINE);
    await clientArrived(li, OF_LI);

    // While they were strangers, the relay said so.
    const strange = world.troubles().filter((trouble) => !/status of 40[134].*\/api\//.test(trouble));
    assert.deepEqual(strange, []);
  },
  { timeout: 420_000 },
);

async function look(device, name) {
  await device.page.waitForTimeout(300);
  await device.shot(`${name}-${device.language}`);
}
