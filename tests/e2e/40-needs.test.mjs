// What people would like to learn: HR asks, three answer where there is no signal, the manager reads the gaps there too
// and requires a course; who comes too late is told, and keeps their words.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { join } from "./support/steps/joining.mjs";
import { invite, openTeam } from "./support/steps/people.mjs";
import { founder, members, TEAM } from "./support/steps/team.mjs";

const OTHER = "华东二组";
const ROUND = "秋季培训需求";
const OWN = "用 Excel 做报价";
const WISH = "想跟老同事跑一天龙井路";
const LATE = "A round of practice quoting, please";
const COURSE = "产品知识：怎样介绍我们的产品（模板）";

journey(
  "training needs from the question to the course",
  async (world) => {
    const director = await founder(world);
    await openTeam(director, TEAM);
    await openTeam(director, OTHER);
    const [manager, wang, li, sun] = await members(world, director, [
      { name: "罗亮", role: "team_manager", team: TEAM, options: { language: "en", theme: "dark" } },
      { name: "王帆", team: TEAM },
      { name: "李敏", team: TEAM, options: { language: "en" } },
      { name: "孙悦", team: OTHER },
    ]);
    const link = await invite(director, { name: "赵人事", role: "hr" });
    // She never hears of it.
    await sun.close();
    const hr = await world.desk("hr");
    await join(hr, link);
    await director.goTo("/training");
    await director.button("training.starter").click();
    await director.page.getByRole("link", { name: COURSE }).first().waitFor();
    await director.received();

    const round = await asks(hr);
    await answers(wang, round, [[2, 5], [4, 4], [1, 2]], WISH);
    await answers(li, round, [[3, 5], [5, 3]], "");
    await changes(li, round);
    await answers(manager, round, [[4, 4], [4, 5], [3, 3]], "");
    assert.equal((await held(li.page, [WISH])).words.length, 0, "another account manager");

    await reads(manager, round);
    await wang.goTo("/");
    await wang.page.getByRole("link", { name: COURSE }).waitFor();
    await teams(hr, round);
    await tooLate(hr, li, round);
  },
  { timeout: 480_000 },
);

/** @returns where the round is */
async function asks(hr) {
  await hr.goTo("/training/needs");
  await hr.text("needs.none").waitFor();
  await hr.link("needs.new").click();
  await hr.field("training.topic_sales").waitFor();
  await hr.button("needs.send").click();
  await hr.page.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
  await hr.field("needs.name").fill(ROUND);
  for (const topic of ["rules", "ethics", "diversion", "wellbeing"]) {
    await hr.field(`training.topic_${topic}`).uncheck();
  }
  await hr.field("needs.own_topics").fill(OWN);
  await hr.field("needs.own_topics").press("Enter");
  await hr.field("people.role_team_manager").check();
  await look(hr, "needs-form", { fullPage: true });
  await hr.button("needs.send").click();
  await hr.heading("needs.map").waitFor();
  await hr.text("needs.nobody").waitFor();
  await look(hr, "needs-round-empty");
  await hr.received();
  return new URL(hr.page.url()).pathname;
}

/** From Today, in a basement; half of it is lost with the app, and comes back. */
async function answers(device, round, marks, wish) {
  await device.goTo("/");
  const row = device.page.getByRole("link", { name: ROUND });
  await row.waitFor();
  await look(device, `needs-today-${device.name}`);
  await device.readyForOffline();
  await device.loseSignal();
  await row.click();
  await device.text("needs.not_a_score").waitFor();
  const topics = [device.t("training.topic_product"), device.t("training.topic_sales"), OWN];
  const [[sure]] = marks;
  await tap(device, "sure", topics[0], sure);
  await device.button("needs.save").click();
  await device.page.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
  for (const [place, [sure, important]] of marks.entries()) {
    await tap(device, "sure", topics[place], sure);
    await tap(device, "important", topics[place], important);
  }
  await device.field("needs.wish").fill(wish);
  await device.page.waitForTimeout(600);
  await device.page.reload();
  await device.text("ui.draft_restored").waitFor();
  assert.equal(await device.field("needs.wish").inputValue(), wish);
  await look(device, `needs-answer-${device.name}`);
  await device.shot(`needs-answer-${device.name}-full`, { fullPage: true });
  await device.button("needs.save").click();
  await device.text("needs.waits").waitFor();
  await device.page.reload();
  await device.text("needs.may_change").waitFor();
  await look(device, `needs-answered-${device.name}`);
  await device.findSignal();
  await device.received({ within: 30_000 });
  await device.text("needs.waits").waitFor({ state: "detached" });
  await device.goTo("/");
  await device.heading("shell.today").waitFor();
  await row.waitFor({ state: "detached" });
  assert.equal(new URL(device.page.url()).pathname, "/");
  await device.goTo(round);
  await device.text("needs.may_change").waitFor();
}

/** Of two answers the later one counts; what was said before is in the form. */
async function changes(li, round) {
  await li.goTo(round);
  await li.link("needs.answer_again").click();
  const sales = li.t("training.topic_sales");
  await group(li, "sure", sales).getByRole("radio", { name: "5" }).and(li.page.locator(":checked")).waitFor();
  await tap(li, "sure", sales, 1);
  await li.button("needs.save").click();
  await li.text("needs.may_change").waitFor();
  await li.received();
}

/** The manager, dark and in English, with no signal: who lacks what, why, and what to do about it. */
async function reads(manager, round) {
  await manager.goTo(round);
  const people = manager.page.getByRole("region", { name: manager.t("needs.people") });
  await people.getByRole("row", { name: /王帆/ }).waitFor();
  await people.getByRole("row", { name: /李敏/ }).waitFor();
  await manager.page.getByText(WISH).waitFor();
  await manager.loseSignal();
  await manager.page.reload();
  const wang = people.getByRole("row", { name: /王帆/ });
  const large = manager.t("needs.step_large");
  await wang.getByRole("link", { name: `3.0 ${large}` }).waitFor();
  // Li thought again: 3 − 1, and not 3 − 5.
  await people.getByRole("row", { name: /李敏/ }).getByRole("link", { name: `2.0 ${large}` }).first().waitFor();
  await look(manager, "needs-map-phone");
  await manager.shot("needs-map-phone-full", { fullPage: true });
  await wang.getByRole("link", { name: `0.0 ${manager.t("needs.step_none")}` }).waitFor();
  await wang.getByRole("link", { name: /3\.0/ }).click();
  await manager.text("needs.quiz_none").waitFor();
  await look(manager, "needs-cell-phone");
  await manager.page.getByRole("link", { name: COURSE }).click();
  const chosen = manager.field("classes.course").locator("option:checked");
  await manager.field("classes.course").waitFor();
  assert.equal(await chosen.textContent(), COURSE);
  await look(manager, "needs-require");
  await manager.button("classes.require_save").click();
  await manager.text("classes.required_by", { name: "罗亮" }).waitFor();
  await manager.findSignal();
  await manager.received({ within: 30_000 });
}

async function teams(hr, round) {
  await hr.goTo(round);
  const map = hr.page.getByRole("region", { name: hr.t("needs.teams") });
  const first = map.getByRole("row", { name: new RegExp(TEAM) });
  await first.getByText(hr.t("needs.answered_of", { answered: 3, asked: 3 })).waitFor();
  await hr.text("needs.too_few").first().waitFor();
  await look(hr, "needs-teams-desk");
  await first.getByRole("link", { name: new RegExp(hr.t("needs.count", { count: 3 })) }).first().click();
  await hr.heading("needs.whose").waitFor();
  await look(hr, "needs-team-cell-desk");
  await hr.goTo(round);
  await map.getByRole("link", { name: TEAM }).click();
  await hr.page.getByRole("region", { name: hr.t("needs.people") }).getByRole("row", { name: /罗亮/ }).waitFor();
  await look(hr, "needs-team-desk");
}

/** What was written before anybody heard of the close comes back to its author with its words. */
async function tooLate(hr, li, round) {
  await li.goTo(round);
  await li.text("needs.may_change").waitFor();
  await li.loseSignal();
  await li.link("needs.answer_again").click();
  await li.field("needs.wish").fill(LATE);
  await li.button("needs.save").click();
  await li.text("needs.waits").waitFor();
  await hr.goTo(round);
  await hr.button("needs.close").click();
  await hr.page.getByRole("dialog").getByRole("button", { name: hr.t("needs.close") }).click();
  await hr.text("needs.closed_said").first().waitFor();
  await hr.received();
  await look(hr, "needs-closed-desk");
  await li.findSignal();
  await li.goTo("/sync");
  const refused = li.page.getByRole("list", { name: li.t("sync.attention") });
  const line = refused.getByRole("listitem").filter({ hasText: ROUND });
  await line.getByText(li.t("needs.closed_before")).waitFor({ timeout: 30_000 });
  await line.getByText(LATE).waitFor({ timeout: 30_000 });
  assert.equal(await refused.getByText(li.t("needs.did_answer")).count(), 1, "told once");
  await look(li, "needs-too-late");
  await li.goTo(round);
  await li.text("needs.was_answered").waitFor();
  await hr.goTo(round);
  await hr.page.getByText(WISH).waitFor();
  assert.equal(await hr.page.getByText(LATE).count(), 0, "it came too late");
}

function group(device, scale, topic) {
  return device.page.getByRole("group", { name: device.t(`needs.${scale}_of`, { topic }), exact: true });
}

async function tap(device, scale, topic, level) {
  await group(device, scale, topic).getByText(String(level), { exact: true }).click();
}

async function look(device, name, options) {
  await device.shot(name, options);
  await assertAccessible(device.page, name);
}
