// A grade from the ladder to the promotion: criteria counted from records, proposed without a network by the manager, decided by
// a director and by nobody else; the person sees it, other people hear nothing of it.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { createClient } from "./support/steps/clients.mjs";
import { openGrade, openMyGrade, reminders, setGrade } from "./support/steps/grades.mjs";
import { openPerson } from "./support/steps/handovers.mjs";
import { office } from "./support/steps/team.mjs";

const WANG = "王帆";
const REASON = "三个月带出两位新人，客户都愿意跟她走";
const WISH = "想带一个小组";
const STEP = "跟两位新人跑一周";
const HERS = "跟两位新人跑两周";
const THEIRS = "先跟一位新人跑一周";
const REPLY = "带好新人，客户档案也要再补齐";

journey(
  "a grade from the ladder to the promotion",
  async (world) => {
    const { director, manager, wang, li } = await office(world);
    await ladder(director, wang);
    await setGrade(director, WANG, director.t("grades.usual_2"));
    await director.page.getByText(director.t("grades.usual_2"), { exact: true }).first().waitFor();
    await director.received();
    await createClient(wang, { name: "龙井茶庄", contact: "沈洁", phone: "13800001111" });
    await wang.received();

    await wish(wang);
    await propose(manager);
    await decide(director);

    // The person hears of it on her first screen.
    await wang.goTo("/");
    await reminders(wang).getByText(wang.t("grades.remind_reached", { grade: wang.t("grades.usual_3") })).click();
    await wang.heading("grades.mine").waitFor();
    await wang.page.getByText(REPLY).waitFor();
    await look(wang, "grade-reached");
    const address = new URL(wang.page.url()).pathname;

    // Another account manager sees nothing of it, not by its address either, and her phone holds nothing.
    await li.goTo("/grades");
    await li.page.getByRole("table").getByText("李敏").waitFor();
    assert.equal(await li.page.getByRole("table").getByText(WANG).count(), 0);
    await li.goTo(address);
    await li.text("grades.missing").last().waitFor();
    assert.equal((await held(li.page, [REASON, WISH, REPLY])).words.length, 0);

    await team(manager, director);
    await plan(manager, wang);
    await li.goTo(new URL(wang.page.url()).pathname);
    await li.text("development.missing").last().waitFor();
    assert.equal((await held(li.page, [STEP, HERS, THEIRS])).words.length, 0);
  },
  { timeout: 420_000 },
);

/** Nothing applies before it is published; a number that is none is refused. */
async function ladder(director, wang) {
  await openMyGrade(wang);
  await wang.text("grades.no_ladder").waitFor();
  await look(wang, "grade-no-ladder");
  await director.goTo("/grades");
  await look(director, "grades-no-ladder");
  await director.link("grades.first_version").click();
  await director.page.locator("summary").nth(2).click();
  const tenure = director.page.locator("details[open]").getByLabel(director.t("grades.months_held"), { exact: true });
  await tenure.fill("");
  await director.button("grades.publish").click();
  await director.text("errors.out_of_range").waitFor();
  await look(director, "ladder-edit");
  await tenure.fill("6");
  await director.button("grades.publish").click();
  await director.text("grades.in_force").first().waitFor();
  await director.received();
  await look(director, "ladder");
}

/** She says in a basement that she would like to come up. */
async function wish(wang) {
  await openMyGrade(wang);
  await wang.text("grades.next", { grade: wang.t("grades.usual_3") }).waitFor();
  await wang.page.getByRole("link", { name: wang.t("grades.records", { count: 1 }) }).first().click();
  await wang.page.getByText("龙井茶庄").first().waitFor();
  await look(wang, "grade-records");
  await openMyGrade(wang);
  await wang.text("grades.not_here_mine").first().waitFor();
  await look(wang, "grade-hers");
  await wang.readyForOffline();
  await wang.loseSignal();
  await wang.button("grades.wish").click();
  await wang.field("grades.wish_text").fill(WISH);
  await look(wang, "grade-wish");
  await wang.button("grades.wish_send").click();
  await wang.page.getByText(WISH).waitFor();
  await wang.text("grades.provisional").first().waitFor();
  await wang.findSignal();
  await wang.received({ within: 30_000 });
}

/** The manager hears of it and proposes her without a network; the app dies in the middle. */
async function propose(manager) {
  await manager.goTo("/");
  await reminders(manager).getByText(manager.t("grades.remind_wishes", { name: WANG })).click();
  await manager.page.getByText(WISH).waitFor();
  await look(manager, "grade-manager");
  await manager.readyForOffline();
  await manager.loseSignal();
  await manager.link("grades.propose").click();
  await manager.button("grades.propose_send").click();
  await manager.page.getByRole("alert").filter({ hasText: manager.t("goals.reason") }).waitFor();
  await manager.field("grades.reason").fill(REASON);
  await manager.page.waitForTimeout(600);
  await manager.page.reload();
  await manager.text("ui.draft_restored").waitFor();
  assert.equal(await manager.field("grades.reason").inputValue(), REASON);
  await look(manager, "grade-propose");
  await manager.button("grades.propose_send").click();
  await manager.heading("grades.open_proposal").waitFor();
  await manager.text("grades.provisional").first().waitFor();
  await look(manager, "grade-proposed-offline");
  await manager.findSignal();
  await manager.received({ within: 30_000 });
  // It is not theirs to decide.
  assert.equal(await manager.button("grades.accept").count(), 0);
  await manager.button("grades.withdraw").waitFor();
}

async function decide(director) {
  await director.goTo("/");
  await reminders(director).getByText(director.t("grades.remind_decide", { name: WANG })).click();
  await director.page.getByText(REASON).waitFor();
  await director.page.getByText(director.t("grades.as_it_was")).click();
  await look(director, "grade-to-decide");
  await director.button("grades.accept").click();
  const sheet = director.page.getByRole("dialog");
  await sheet.getByLabel(director.t("grades.reply"), { exact: true }).fill(REPLY);
  await look(director, "grade-accept");
  await sheet.getByRole("button", { name: director.t("grades.accept"), exact: true }).click();
  await director.page.getByText(REPLY).first().waitFor();
  await director.received();
}

async function team(manager, director) {
  for (const device of [manager, director]) {
    await device.goTo("/grades");
    const table = device.page.getByRole("table");
    await table.getByText(WANG).waitFor();
    await table.getByRole("button", { name: device.t("grades.grade"), exact: true }).click();
    await table.locator("tbody tr").first().getByText(WANG).waitFor();
    assert.equal(await table.locator('th[aria-sort="descending"]').count(), 1);
    await look(device, `grades-${device.name}`);
  }
  await openGrade(manager, WANG);
  await look(manager, "grade-after");
}

/** Both write in the plan in basements of their own: nothing of it is lost. */
async function plan(manager, wang) {
  await openPerson(manager, WANG);
  await manager.link("development.title").click();
  await manager.text("development.none").waitFor();
  await look(manager, "plan-none");
  await addItem(manager, "aim", "带一个三人的小组");
  await addItem(manager, "step", STEP);
  await manager.received();

  await wang.goTo("/");
  await wang.page.getByText(wang.t("development.remind_agree")).click();
  await wang.page.getByText(STEP).waitFor();
  await look(wang, "plan-to-agree");
  await wang.button("development.agree").click();
  await wang.text("development.agreed").waitFor();
  await wang.received();
  await manager.page.reload();
  await manager.text("development.agreed").waitFor();

  for (const phone of [manager, wang]) {
    await phone.readyForOffline();
    await phone.loseSignal();
  }
  await changeStep(manager, THEIRS);
  await changeStep(wang, HERS);
  await wang.button("development.add_note").click();
  await wang.field("development.note").fill("周五一起复盘");
  await wang.button("development.save").click();
  await wang.page.getByText("周五一起复盘").waitFor();
  for (const phone of [manager, wang]) {
    await phone.findSignal();
    await phone.received({ within: 30_000 });
  }
  const address = new URL(wang.page.url()).pathname;
  for (const phone of [manager, wang]) {
    await phone.goTo(address);
    for (const words of [HERS, THEIRS, "周五一起复盘"]) await phone.page.getByText(words).first().waitFor();
    await look(phone, `plan-both-${phone.name}`);
  }
  const drop = wang.page.getByRole("button", { name: wang.t("development.drop_of", { text: THEIRS }) });
  await drop.click();
  const sheet = wang.page.getByRole("dialog");
  await sheet.getByLabel(wang.t("development.reason"), { exact: true }).fill("说好了跑两周");
  await sheet.getByRole("button", { name: wang.t("development.drop_send") }).click();
  await drop.waitFor({ state: "detached" });
  await wang.page.getByRole("checkbox", { name: HERS }).click();
  await wang.page.getByText(new RegExp(`^${WANG}标为完成`)).waitFor();
  await look(wang, "plan-done");
  await wang.received();
}

async function addItem(device, kind, text) {
  await device.link(`development.add_${kind}`).first().click();
  await device.field(`development.what_${kind}`).fill(text);
  if (kind === "step") await look(device, "plan-step-form");
  await device.button("development.save").click();
  await device.page.getByText(text).waitFor();
}

async function changeStep(device, text) {
  const step = device.page.getByRole("listitem").filter({ hasText: STEP });
  await step.getByRole("link", { name: device.t("development.change"), exact: true }).click();
  await device.field("development.what_step").fill(text);
  await device.button("development.save").click();
  await device.page.getByRole("checkbox", { name: text }).waitFor();
}

async function look(device, name) {
  await device.shot(name);
  await assertAccessible(device.page, name);
}
