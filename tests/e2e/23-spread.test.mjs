// Who is overloaded is seen in one look; several tasks are spread over the team, and so is one for each of several clients.
// A part-timer's hours count, and a limit warns before it is passed.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { journey } from "./support/journey.mjs";
import { clientArrived, createClient } from "./support/steps/clients.mjs";
import { openTeam } from "./support/steps/people.mjs";
import { founder, members, TEAM } from "./support/steps/team.mjs";
import { loadOf, openSkills } from "./support/steps/work.mjs";

const TASKS = ["回访龙井茶庄", "回访灵隐素食馆", "回访断桥文具店", "回访西泠印社"];
const CLIENTS = ["西湖茶叶行", "河坊街药铺"];
const VISIT = "送中秋样品";

journey("spread over the team", async (world) => {
  const desk = await founder(world);
  await openTeam(desk, TEAM);
  const [manager, wang] = await members(world, desk, [
    { name: "罗亮", role: "team_manager", team: TEAM },
    { name: "王帆", team: TEAM },
    { name: "谢璐", team: TEAM },
  ]);
  await employPartTime(desk, "王帆");
  for (const name of CLIENTS) await createClient(wang, { name });
  await wang.readyForOffline();
  await wang.loseSignal();
  await openSkills(wang, "王帆");
  await setMorning(wang, "work.mon");
  await setMorning(wang, "work.wed");
  await wang.page.getByText(wang.t("work.of", { load: "0 分钟", available: "6 小时" })).waitFor();
  await assertAccessible(wang.page, "hours");
  await wang.shot("work-hours-zh");
  await wang.findSignal();
  await wang.received({ within: 30_000 });

  for (const client of CLIENTS) await clientArrived(manager, client);
  for (const title of TASKS) await give(manager, title, { to: "王帆", minutes: 120 });
  await manager.goTo("/tasks/new");
  await manager.field("tasks.assignee").selectOption({ label: "王帆" });
  await manager.field("tasks.estimate").fill("120");
  await manager.page.getByText(manager.t("work.over_day", { day: "5 小时", limit: "4 小时" })).waitFor();
  await manager.shot("work-limit-zh");
  await manager.field("tasks.estimate").fill("");

  await manager.goTo("/work/load");
  await loadOf(manager, "王帆").getByText("8 小时 / 6 小时").waitFor();
  await assertAccessible(manager.page, "the team's load");
  await loadOf(manager, "王帆").getByText(manager.t("work.over", { time: "2 小时" })).waitFor();
  await manager.shot("work-load-zh");
  await manager.readyForOffline();
  await manager.loseSignal();
  await loadOf(manager, "王帆").getByRole("link").click();
  for (const title of TASKS) await manager.field("work.pick", { title }).check();
  await manager.shot("work-picked-zh");
  await manager.button("work.spread", { count: TASKS.length }).click();
  await manager.heading("work.after").waitFor();
  await assertAccessible(manager.page, "the spread");
  await manager.shot("work-spread-zh");
  await manager.page.getByRole("combobox", { name: TASKS[0], exact: true }).selectOption({ label: "谢璐" });
  await manager.button("work.spread_do").click();
  await manager.page.getByText(manager.t("work.spread_said")).waitFor();
  await manager.goTo("/work/load");
  const late = await loadOf(manager, "王帆").textContent();
  assert.doesNotMatch(late, /8 小时/);

  await manager.goTo("/work/many");
  await manager.field("work.many_title").fill(VISIT);
  await manager.page.getByLabel(CLIENTS[0], { exact: true }).check();
  await manager.page.getByLabel(CLIENTS[1], { exact: true }).check();
  await assertAccessible(manager.page, "one task for each of several clients");
  await manager.shot("work-many-zh");
  await manager.button("work.many_next").click();
  await manager.heading("work.after").waitFor();
  await manager.page.getByRole("combobox", { name: CLIENTS[0], exact: true }).selectOption({ label: "王帆" });
  await manager.button("work.spread_do").click();
  await manager.heading("work.load").waitFor();
  await manager.findSignal();
  await manager.received({ within: 30_000 });
  await wang.goTo("/work");
  const own = wang.page.getByRole("list", { name: wang.t("tasks.title") });
  await own.getByRole("link", { name: new RegExp(`${VISIT}.*${CLIENTS[0]}`) }).waitFor();
});

async function employPartTime(desk, person) {
  await desk.goTo("/people");
  await desk.page.getByRole("list", { name: desk.t("people.everybody") }).getByRole("link", { name: person }).click();
  await desk.button("people.edit").click();
  await desk.field("people.employment").selectOption({ label: desk.t("people.part_time") });
  await desk.button("people.save").click();
  await desk.received();
}

/** Nine to twelve on a weekday. */
async function setMorning(device, day) {
  const week = device.page.getByRole("list", { name: device.t("work.week_hours") });
  await week.getByRole("button", { name: device.t(day) }).click();
  const sheet = device.page.getByRole("dialog", { name: device.t("work.hours_of", { day: device.t(day) }) });
  await sheet.getByText(device.t("work.during"), { exact: true }).last().click();
  await sheet.getByRole("button", { name: device.t("work.hours_save"), exact: true }).click();
  await week.getByText("09:00–12:00").first().waitFor();
}

async function give(device, title, { to, minutes }) {
  await device.goTo("/tasks/new");
  await device.field("tasks.name").fill(title);
  await device.field("tasks.assignee").selectOption({ label: to });
  await device.field("tasks.estimate").fill(String(minutes));
  await device.button("tasks.save").click();
  await device.page.getByRole("heading", { name: title, level: 1 }).waitFor();
}
