// A director takes the starter set and requires a course; an account manager goes through it and its quiz with no
// signal, fails once, passes, and the relay's word makes it count.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { journey } from "./support/journey.mjs";
import { team } from "./support/steps/team.mjs";

const COURSE = "公司制度：客户、价格与记录";
const RIGHT = ["拒绝，给出公司账户，并报告主管", "追加一条更正"];

journey("a course and its quiz with no signal", async (world) => {
  const { desk, phones } = await team(world, ["王帆"]);
  const [phone] = phones;
  await desk.goTo("/training");
  await desk.button("training.starter").click();
  await desk.page.getByRole("link", { name: COURSE }).click();
  await desk.button("training.more").click();
  await desk.link("training.rule").click();
  await desk.field("people.role_account_manager").check();
  await desk.field("training.blocks").check();
  await desk.shot("training-rule");
  await desk.button("training.save").click();
  await desk.heading("training.lessons").waitFor();
  await desk.shot("training-course-desk");
  await assertAccessible(desk.page, "a course on a desk");

  await phone.page.getByRole("link", { name: COURSE }).waitFor();
  await phone.shot("training-today");
  await phone.readyForOffline();
  await phone.loseSignal();
  await phone.goTo("/training");
  await phone.page.getByRole("link", { name: COURSE }).click();
  await phone.link("training.begin").click();
  await phone.shot("training-lesson");
  await assertAccessible(phone.page, "a lesson");
  await phone.button("training.next_lesson").click();
  await phone.button("training.to_quiz").click();

  // A question that was left out is asked for, and what was ticked stays.
  await phone.page.getByLabel(RIGHT[0]).check();
  await phone.button("training.answer").click();
  await phone.page.getByRole("alert").filter({ hasText: /./ }).waitFor();
  await phone.goTo("/training");
  await phone.page.getByRole("link", { name: COURSE }).click();
  await phone.link("training.to_quiz").click();
  await phone.page.getByLabel(RIGHT[0]).and(phone.page.locator(":checked")).waitFor();
  await phone.page.getByLabel("不用管").check();
  await phone.shot("training-quiz");
  await assertAccessible(phone.page, "a quiz");
  await phone.button("training.answer").click();
  await phone.text("training.right_of", { right: 1, of: 2 }).waitFor();
  await phone.shot("training-failed");
  await phone.link("training.quiz_again").click();
  for (const answer of RIGHT) await phone.page.getByLabel(answer).check();
  await phone.button("training.answer").click();
  await phone.text("training.right_of", { right: 2, of: 2 }).waitFor();
  await phone.text("training.provisional").waitFor();

  await phone.findSignal();
  await phone.text("training.provisional").waitFor({ state: "detached" });
  await phone.shot("training-passed");
  await assertAccessible(phone.page, "a course that was passed");
  await desk.page.getByRole("link", { name: /王帆.*已通过/ }).waitFor();
  await phone.goTo("/");
  await phone.arrived();
  assert.equal(await phone.page.getByRole("link", { name: COURSE }).count(), 0);
});

journey("a course is written", async (world) => {
  const { desk } = await team(world, []);
  await desk.page.emulateMedia({ colorScheme: "dark" });
  await desk.goTo("/training/new");
  await desk.field("training.name").fill("新品上市");
  await desk.button("training.save").click();
  await desk.heading("training.lessons").waitFor();
  await open(desk, "training.add_lesson");
  await desk.field("training.name").fill("产品亮点");
  await desk.field("training.text").fill("三个要点。");
  await desk.field("training.link").fill("javascript:alert(1)");
  await desk.button("training.save").click();
  await desk.page.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
  await desk.field("training.link").fill("https://example.com/new");
  await desk.button("training.save").click();
  await desk.page.getByRole("link", { name: "产品亮点" }).first().waitFor();
  await open(desk, "training.add_question");
  await desk.field("training.question").fill("有几个要点？");
  await desk.field("training.choice", { number: 1 }).fill("三个");
  await desk.field("training.choice_is_right", { number: 1 }).check();
  await desk.field("training.choice", { number: 2 }).fill("两个");
  await desk.shot("training-question");
  await assertAccessible(desk.page, "writing a question");
  await desk.button("training.save").click();
  await desk.page.getByRole("link", { name: "有几个要点？" }).waitFor();
  await desk.shot("training-written");
  await assertAccessible(desk.page, "a course that was written, dark");
  await desk.received();
});

async function open(device, key) {
  await device.button("training.more").click();
  await device.link(key).click();
}
