// A manager without signal gives a task to whoever is suggested; the account manager does it without signal and asks for
// help; the manager sees it at once, and hands it over with its whole history.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { journey } from "./support/journey.mjs";
import { openTeam } from "./support/steps/people.mjs";
import { founder, members, TEAM } from "./support/steps/team.mjs";
import { candidate, loadOf, openSkills, rate } from "./support/steps/work.mjs";

const KIND = "展会接待";
const TASK = "广交会接待样板客户";
const STUCK = "客户要看的样品还在仓库";
const ADVICE = "明早八点去仓库取";
const HANDED = "你离展馆近";

journey("the right person, offline", async (world) => {
  const desk = await founder(world);
  await openTeam(desk, TEAM);
  const [manager, wang, xie] = await members(world, desk, [
    { name: "罗亮", role: "team_manager", team: TEAM, options: { language: "en", theme: "dark" } },
    { name: "王帆", team: TEAM },
    { name: "谢璐", team: TEAM },
  ]);
  await defineKind(desk);
  await openSkills(wang, "王帆");
  await rate(wang, KIND, 5, { claim: true, evidence: "三届广交会" });
  await wang.shot("work-skills-claimed-zh");
  await wang.received();
  await openSkills(manager, "王帆");
  await manager.page.getByText(manager.t("work.because_claim", { level: 5 })).waitFor();
  await rate(manager, KIND, 4, { evidence: "Saw it in spring" });
  await manager.page.getByText(manager.t("work.because_set", { level: 4 })).waitFor();
  await assertAccessible(manager.page, "skills and hours");
  await manager.shot("work-skills-en-dark");

  await manager.readyForOffline();
  await manager.loseSignal();
  await manager.goTo("/tasks/new");
  await manager.field("tasks.name").fill(TASK);
  await manager.field("tasks.kind").selectOption({ label: KIND });
  await manager.button("tasks.suggest").click();
  const best = candidate(manager, "王帆");
  await best.getByText(manager.t("work.best")).waitFor();
  await best.getByText(/claims 5\/5/).waitFor();
  await assertAccessible(manager.page, "the suggestion");
  await manager.shot("work-suggest-en-dark");
  await best.click();
  await manager.shot("work-task-form-en-dark");
  await manager.button("tasks.save").click();
  await manager.page.getByRole("heading", { name: TASK, level: 1 }).waitFor();
  const path = new URL(manager.page.url()).pathname;
  await manager.findSignal();
  await manager.received({ within: 30_000 });

  await wang.goTo(path);
  await wang.page.getByRole("heading", { name: TASK, level: 1 }).waitFor();
  await wang.readyForOffline();
  await wang.loseSignal();
  for (let hours = 0; hours < 5; hours += 1) {
    await wang.button("tasks.log_more", { minutes: 60 }).click();
    const spent = wang.t("tasks.spent", { spent: `${hours + 1} 小时`, estimate: "4 小时" });
    await wang.page.getByText(spent).waitFor();
  }
  await wang.page.getByText(wang.t("tasks.overrun")).last().waitFor();
  await wang.button("tasks.need_help").click();
  await wang.field("tasks.help_words").fill(STUCK);
  await wang.button("tasks.help_send").click();
  await wang.role("region", "tasks.help_wanted").getByText(STUCK).waitFor();
  await assertAccessible(wang.page, "a task that needs help");
  await wang.shot("work-help-zh");
  await wang.findSignal();
  await wang.received({ within: 30_000 });

  await manager.goTo("/");
  const calls = manager.page.getByRole("list", { name: manager.t("today.calls") });
  await calls.getByText(STUCK).waitFor();
  await assertAccessible(manager.page, "Today with a call for help");
  await manager.shot("work-today-en-dark");
  await manager.goTo("/work/load");
  await loadOf(manager, "王帆").getByText(manager.t("work.help", { count: 1 })).waitFor();
  await manager.goTo(path);
  await manager.button("tasks.answer").click();
  await manager.field("tasks.answer_words").fill(ADVICE);
  await manager.button("tasks.answer_send").click();
  await manager.role("region", "tasks.help_wanted").waitFor({ state: "detached" });

  await manager.button("tasks.more").click();
  await manager.button("tasks.hand_over").click();
  await manager.field("tasks.hand_over_words").fill(HANDED);
  assert.equal(await candidate(manager, "王帆").count(), 0, "whoever has it is not suggested");
  await candidate(manager, "谢璐").click();
  await manager.page.getByRole("link", { name: manager.t("tasks.handed_to", { name: "谢璐" }) }).click();
  await manager.received();

  await xie.goTo("/work");
  await xie.page.getByRole("list", { name: xie.t("tasks.title") }).getByRole("link", { name: TASK }).click();
  const history = xie.role("list", "tasks.history");
  for (const said of [STUCK, ADVICE, HANDED]) await history.getByText(said).waitFor();
  await assertAccessible(xie.page, "a task's history");
  await xie.shot("work-history-zh");
  await wang.goTo(path);
  await wang.page.getByText(wang.t("tasks.handed_to", { name: "谢璐" })).waitFor();
  assert.equal(await wang.button("tasks.reopen").count(), 0, "it lives on elsewhere");
});

async function defineKind(desk) {
  await desk.goTo("/work/kinds");
  await desk.button("work.new_kind").click();
  await desk.field("work.kind_name").fill(KIND);
  await desk.field("work.difficulty").selectOption({ label: "×2" });
  await desk.field("work.estimate").fill("240");
  await desk.button("work.kind_save").click();
  await desk.page.getByRole("list", { name: desk.t("work.kinds") }).getByText(KIND).waitFor();
  await desk.received();
  await assertAccessible(desk.page, "kinds of tasks");
  await desk.shot("work-kinds-desk");
}
