// The administrator opens the first link, names the workspace and invites; phones join, and open with no network.

import assert from "node:assert/strict";

import { journey } from "./support/journey.mjs";
import { assertAccessible } from "./support/accessibility.mjs";
import { join, PASSWORD } from "./support/steps/joining.mjs";
import { invite } from "./support/steps/people.mjs";
import { founder, FOUNDER, WORKSPACE } from "./support/steps/team.mjs";

journey("join by link", async (world) => {
  const desk = await founder(world);
  const link = await invite(desk, { name: "王帆" });

  const phone = await world.phone("wang");
  await phone.page.goto(link);
  await phone.button("join.join").waitFor();
  await assertAccessible(phone.page, "an invitation");
  const intro = phone.text("join.membership_intro", { person: FOUNDER, workspace: WORKSPACE });
  await intro.waitFor();
  assert.equal(await phone.field("join.your_name").inputValue(), "王帆");
  await phone.field("join.password").fill("short");
  await phone.button("join.join").click();
  await phone.text("errors.password_too_short").waitFor();
  await phone.field("join.password").fill(PASSWORD);
  await phone.button("join.join").click();
  await phone.arrived();
  await phone.shot("join-arrived");

  const stranger = await world.phone("stranger");
  await stranger.page.goto(link);
  await stranger.text("errors.link_used").waitFor();
  await stranger.shot("join-used-link");

  await phone.readyForOffline();
  await world.relay.stop();
  await phone.close();
  await phone.open();
  await phone.goTo("/");
  await phone.arrived();
  await phone.chip("ui.chip_offline").waitFor();
});

journey("join in English", async (world) => {
  const desk = await founder(world, { language: "en" });
  const phone = await world.phone("wang", { language: "en" });
  await join(phone, await invite(desk, { name: "Frank Wang", role: "team_manager" }));
  await desk.goTo("/people");
  await desk.page.getByRole("link", { name: /Frank Wang/ }).waitFor();
});
