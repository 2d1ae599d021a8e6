// A course required of one person, a class that is held and marked in a basement, a role play that is scored there, and
// the certificate that waited for both; a path that says what is next, and a library. Nobody else hears of it.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { office } from "./support/steps/team.mjs";

const WANG = "王帆";
const COURSE = "首次拜访";
const SECOND = "公司制度：客户、价格与记录";
const CLASS = "开场与提问";
const DRILL = "拜访演练";
const REMARK = "先听客户说完，再报价。";
const PATH = "新人之路";
const ENTRY = "价格异议应对";

journey(
  "a class, a role play and the certificate",
  async (world) => {
    const { director, manager, wang, li } = await office(world);
    await writeCourse(director);
    await layPath(director);
    await keep(director);

    await required(manager, wang);
    await called(manager);
    await answered(wang);
    await marked(manager);
    await waits(wang);
    await scored(manager);
    await certified(wang);
    await beforeAndAfter(manager, wang);
    await lookedUp(wang);

    // How far everybody is, on the manager's phone.
    await manager.goTo("/training/paths");
    await manager.page.getByRole("link", { name: PATH }).click();
    await manager.page.getByRole("table").getByRole("link", { name: WANG }).waitFor();
    await look(manager, "classes-path-people");
    await manager.page.getByRole("table").getByRole("link", { name: WANG }).click();
    await manager.text("classes.score_passed").first().waitFor();
    await look(manager, "classes-person-after");

    const address = new URL(manager.page.url()).pathname;
    await li.goTo(address);
    await li.text("classes.person_missing").waitFor();
    assert.equal((await held(li.page, [REMARK])).words.length, 0);
    await director.goTo(address);
    await director.text("classes.score_passed").first().waitFor();
    await look(director, "classes-person-desk");
  },
  { timeout: 420_000 },
);

async function writeCourse(desk) {
  await desk.goTo("/training");
  await desk.button("training.starter").click();
  await desk.page.getByRole("link", { name: SECOND }).waitFor();
  await desk.goTo("/training/new");
  await desk.field("training.name").fill(COURSE);
  await desk.button("training.save").click();
  await desk.heading("training.lessons").waitFor();
  for (const [title, mode] of [[CLASS, "class"], [DRILL, "role-play"]]) {
    await more(desk, "training.add_lesson");
    await desk.field("training.name").fill(title);
    await desk.field("training.mode").selectOption(mode);
    await desk.button("training.save").click();
    await desk.page.getByRole("link", { name: title }).first().waitFor();
  }
  await more(desk, "training.add_question");
  await desk.field("training.question").fill("客户先说价格，怎么办？");
  await desk.field("training.choice", { number: 1 }).fill("先问需求");
  await desk.field("training.choice_is_right", { number: 1 }).check();
  await desk.field("training.choice", { number: 2 }).fill("马上报价");
  await desk.button("training.save").click();
  await desk.page.getByRole("link", { name: "客户先说价格，怎么办？" }).waitFor();

  await desk.page.getByRole("link", { name: DRILL }).first().click();
  await desk.link("classes.sheet_add").click();
  const lines = [["开场", "10"], ["提问", "20"]];
  for (const [place, [name, points]] of lines.entries()) {
    await desk.field("classes.criterion", { number: place + 1 }).fill(name);
    await desk.field("classes.points_for", { number: place + 1 }).fill(points);
  }
  await desk.page.getByLabel(desk.t("classes.needed")).check();
  await look(desk, "classes-sheet");
  await desk.button("training.save").click();
  await desk.heading("classes.sheet").waitFor();
  await look(desk, "classes-sheet-lesson");
  await desk.received();
}

async function layPath(desk) {
  await desk.goTo("/training/paths");
  await desk.link("classes.new_path").click();
  await desk.field("classes.path_title").fill(PATH);
  for (const title of [SECOND, COURSE]) {
    await desk.field("classes.add_course").selectOption({ label: title });
    await desk.button("classes.take_out", { title }).waitFor();
  }
  await desk.button("classes.move_up", { title: COURSE }).click();
  await desk.field("people.role_account_manager").check();
  await look(desk, "classes-path-form");
  await desk.button("training.save").click();
  await desk.page.getByRole("link", { name: PATH }).click();
  await desk.page.getByRole("link", { name: SECOND }).waitFor();
  await look(desk, "classes-path");
  await desk.received();
}

/** The manager asks one person for it; hers is on Today. */
async function required(manager, wang) {
  await manager.goTo("/training");
  await manager.page.getByRole("link", { name: COURSE }).first().waitFor();
  await manager.page.getByRole("link", { name: WANG }).click();
  await manager.link("classes.require").click();
  await manager.field("classes.course").selectOption({ label: COURSE });
  await look(manager, "classes-require");
  await manager.button("classes.require_save").click();
  await manager.text("classes.required_by", { name: "罗亮" }).waitFor();
  await look(manager, "classes-person");
  await manager.received();
  await wang.goTo("/");
  await wang.page.getByRole("link", { name: COURSE }).waitFor();
}

async function called(manager) {
  await manager.goTo("/training");
  await manager.page.getByRole("link", { name: COURSE }).first().click();
  await manager.page.getByRole("link", { name: CLASS }).first().click();
  await manager.link("classes.hold").click();
  await manager.field("classes.day").fill(today());
  await manager.field("classes.place").fill("三楼会议室");
  await manager.button("classes.hold_send").click();
  await manager.page.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
  await manager.page.getByLabel(manager.t("classes.everybody")).check();
  await look(manager, "classes-hold");
  await manager.button("classes.hold_send").click();
  await manager.heading("classes.register").waitFor();
  await manager.received();
}

/** She says in the basement that she comes. */
async function answered(wang) {
  await wang.page.getByRole("link", { name: CLASS }).waitFor();
  await look(wang, "classes-today");
  await wang.readyForOffline();
  await wang.loseSignal();
  await wang.page.getByRole("link", { name: CLASS }).click();
  await wang.page.getByText(wang.t("classes.come"), { exact: true }).click();
  await wang.text("classes.answer_waits").waitFor();
  await look(wang, "classes-answer");
  await wang.findSignal();
  await wang.received({ within: 30_000 });
  await wang.text("classes.answer_waits").waitFor({ state: "detached" });
  assert.equal(await wang.heading("classes.register").count(), 0, "she marks nobody");
}

async function marked(manager) {
  await manager.page.getByText(manager.t("classes.is_coming"), { exact: true }).waitFor();
  await manager.readyForOffline();
  await manager.loseSignal();
  const late = manager.page.getByRole("group", { name: manager.t("classes.attendance_of", { name: WANG }) });
  await late.getByText(manager.t("classes.late"), { exact: true }).click();
  await manager.text("classes.marked_said", { name: WANG }).waitFor();
  await manager.page.reload();
  await late.getByRole("radio", { name: manager.t("classes.late") }).and(manager.page.locator(":checked")).waitFor();
  await look(manager, "classes-register");
  await manager.findSignal();
  await manager.received({ within: 30_000 });
}

/** The quiz alone brings no certificate. */
async function waits(wang) {
  // Four browsers on a busy machine hear of each other late.
  await wang.page.getByText(wang.t("classes.late"), { exact: true }).waitFor({ timeout: 30_000 });
  await wang.goTo("/training");
  await wang.page.getByRole("link", { name: COURSE }).first().click();
  await wang.link("training.to_quiz").click();
  await wang.page.getByLabel("先问需求").check();
  await wang.button("training.answer").click();
  await wang.text("training.right_of", { right: 1, of: 1 }).waitFor();
  await wang.text("classes.waits").waitFor();
  assert.equal(await wang.button("classes.finish").count(), 0);
  await look(wang, "classes-course-waits");
  await wang.received();
}

async function scored(manager) {
  await manager.goTo("/training");
  await manager.page.getByRole("link", { name: WANG }).click();
  await manager.page.getByRole("link", { name: DRILL }).waitFor();
  await manager.loseSignal();
  await manager.page.getByRole("link", { name: DRILL }).click();
  await manager.page.getByLabel("开场", { exact: true }).fill("9");
  await manager.page.getByLabel("提问", { exact: true }).fill("25");
  await manager.field("classes.overall").fill(REMARK);
  await manager.page.waitForTimeout(600);
  await manager.page.reload();
  await manager.text("ui.draft_restored").waitFor();
  await manager.button("classes.score_save").click();
  await manager.page.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
  await manager.page.getByLabel("提问", { exact: true }).fill("17");
  await look(manager, "classes-score");
  await manager.button("classes.score_save").click();
  await manager.page.getByText(REMARK).waitFor();
  await look(manager, "classes-scored");
  await manager.findSignal();
  await manager.received({ within: 30_000 });
}

async function certified(wang) {
  await wang.page.getByText(REMARK).waitFor();
  await wang.loseSignal();
  await wang.button("classes.finish").click();
  await wang.text("training.provisional").first().waitFor();
  await wang.findSignal();
  await wang.text("training.provisional").waitFor({ state: "detached" });
  await look(wang, "classes-certificate");
  await wang.goTo("/training");
  await wang.text("classes.next_is", { title: SECOND }).waitFor();
  await look(wang, "classes-training");
}

/** One who passed this month says nothing about a course yet; and it is not for her to look at. */
async function beforeAndAfter(manager, wang) {
  await manager.goTo("/training");
  await manager.page.getByRole("link", { name: COURSE }).first().click();
  await manager.page.getByRole("link").filter({ hasText: manager.t("effect.hint") }).click();
  await manager.heading("effect.title").waitFor();
  await manager.text("effect.too_soon", { count: 1 }).waitFor();
  const quiz = manager.page.getByRole("row").filter({ hasText: manager.t("effect.quiz") });
  await quiz.getByText(manager.t("effect.too_few")).waitFor();
  await look(manager, "classes-effect");
  await quiz.getByRole("button").click();
  await manager.page.getByRole("dialog").getByRole("link").filter({ hasText: WANG }).waitFor();
  await look(manager, "classes-effect-people");
  const address = new URL(manager.page.url()).pathname;
  await wang.goTo(address);
  await wang.text("effect.missing").waitFor();
  await wang.goTo("/training");
  await wang.link("classes.library").waitFor();
}

async function keep(desk) {
  await desk.goTo("/training/library");
  await desk.link("classes.new_entry").click();
  await desk.field("training.name").fill(ENTRY);
  await desk.field("training.topic").selectOption("sales");
  await desk.field("training.text").fill("先问清楚比的是什么，再谈价值。");
  await desk.field("training.link").fill("javascript:alert(1)");
  await desk.button("training.save").click();
  await desk.page.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
  await desk.field("training.link").fill("https://example.com/price");
  await look(desk, "library-form");
  await desk.button("training.save").click();
  await desk.page.getByRole("link", { name: ENTRY }).waitFor();
  await desk.received();
}

/** In the library by pinyin, with no signal. */
async function lookedUp(wang) {
  await wang.loseSignal();
  await wang.link("classes.library").click();
  await wang.field("classes.library_search").fill("meiyou");
  await wang.text("classes.library_nothing").waitFor();
  await wang.field("classes.library_search").fill("jgyy");
  await look(wang, "library");
  await wang.page.getByRole("link", { name: ENTRY }).click();
  await wang.page.getByRole("link", { name: "https://example.com/price" }).waitFor();
  assert.equal(await wang.link("classes.entry_edit").count(), 0, "it is not hers to change");
  await look(wang, "library-entry");
  await wang.findSignal();
}

function today() {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
}

async function more(device, key) {
  await device.button("training.more").click();
  await device.link(key).click();
}

async function look(device, name) {
  await device.shot(name);
  await assertAccessible(device.page, name);
}
