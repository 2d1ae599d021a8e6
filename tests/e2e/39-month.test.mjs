// One month from the work to the money: a task given to whoever is suggested and done without a network, an order, the
// figures that move on every screen, the review, and the statement that has a line for each of them, locked.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { createClient, openClient } from "./support/steps/clients.mjs";
import { figure, part } from "./support/steps/dashboard.mjs";
import { acceptGoal, openGoal, setGoal } from "./support/steps/goals.mjs";
import { fillOrder, openOrder, standing, submitOrder } from "./support/steps/orders.mjs";
import { openLine, openStatement, state } from "./support/steps/pay.mjs";
import { openTeam } from "./support/steps/people.mjs";
import { fillReview, openReview, people, stage, submitReview } from "./support/steps/reviews.mjs";
import { finishTask } from "./support/steps/tasks.mjs";
import { TEAM, founder, members } from "./support/steps/team.mjs";
import { candidate } from "./support/steps/work.mjs";

const WANG = "王帆";
const CLIENT = "西湖茶叶行";
const CLIENTS = [[CLIENT, "13800001111"], ["龙井茶庄", "13800002222"], ["梅家坞茶社", "13800003333"]];
const TASK = "送两罐样茶";
const GOAL = "本月卖出四十万";
const FEEDBACK = "送样及时，一次拿下大单。";
const TEA = { product: "龙井茶", quantity: "100", price: "4000" };

journey(
  "from the task to the lock",
  async (world) => {
    const director = await founder(world);
    await openTeam(director, TEAM);
    const [manager, wang, li, desk, finance] = await members(world, director, [
      { name: "罗亮", role: "team_manager", team: TEAM, options: { language: "en", theme: "dark" } },
      { name: WANG, team: TEAM, employment: "full_time" },
      { name: "李敏", team: TEAM },
      { name: "订单部小周", role: "order_desk" },
      { name: "财务老陈", role: "finance", options: { language: "en" } },
    ]);
    // Three new clients of fifteen with their files complete, and sales beyond the target, make a B and its ¥1,000.
    for (const [name, phone] of CLIENTS) {
      const file = { contact: "沈洁", address: "龙井路 1 号", region: "西湖区", source: "转介绍" };
      await createClient(wang, { name, phone, ...file });
    }
    await wang.received();

    // The manager, underground: the task goes to whoever is suggested, and a goal is proposed.
    await manager.readyForOffline();
    await manager.loseSignal();
    await manager.goTo("/tasks/new");
    await manager.field("tasks.name").fill(TASK);
    await manager.button("tasks.suggest").click();
    await candidate(manager, WANG).click();
    await manager.button("tasks.save").click();
    await manager.page.getByRole("heading", { name: TASK, level: 1 }).waitFor();
    await setGoal(manager, { what: GOAL, target: 400_000, place: WANG, metric: "sales" });
    await manager.findSignal();
    await manager.received({ within: 30_000 });

    // She agrees to the goal, does the task and takes the order where there is no signal either.
    await openGoal(wang, GOAL);
    await wang.readyForOffline();
    await wang.loseSignal();
    await acceptGoal(wang);
    await wang.goTo("/tasks");
    await wang.page.getByRole("link", { name: TASK }).first().click();
    const task = new URL(wang.page.url()).pathname;
    await finishTask(wang);
    await openClient(wang, CLIENT);
    await wang.page.getByRole("link", { name: wang.t("orders.take") }).click();
    await fillOrder(wang, [TEA]);
    await submitOrder(wang);
    await wang.goTo("/dashboard");
    await figure(wang, "tasks_done", "1").waitFor();
    await figure(wang, "sales", "¥0").waitFor();
    await wang.findSignal();
    await wang.received({ within: 30_000 });

    // The order desk accepts: the figures move on every screen, untouched.
    await manager.goTo("/dashboard");
    await figure(manager, "sales", "¥0").waitFor();
    await openOrder(desk, CLIENT);
    await desk.button("orders.accept").click();
    await standing(desk, "accepted").waitFor();
    await desk.received();
    await figure(wang, "sales", "¥40万").waitFor({ timeout: 30_000 });
    await figure(manager, "sales", "¥400K").waitFor({ timeout: 30_000 });
    await look(wang, "month-figures");
    await part(manager, "people", WANG).getByRole("link", { name: "¥400K", exact: true }).waitFor();
    await openGoal(wang, GOAL);
    await wang.text("goals.stands_reached").locator("visible=true").first().waitFor();
    await look(wang, "month-goal");

    // The review, without a network; once she has acknowledged it, it stands.
    await openReview(manager, WANG);
    await manager.readyForOffline();
    await manager.loseSignal();
    await manager.link("reviews.write").click();
    await fillReview(manager, { level: 5, evidence: TASK, feedback: FEEDBACK });
    await submitReview(manager);
    await look(manager, "month-review");
    await manager.findSignal();
    await manager.received({ within: 30_000 });
    await wang.goTo("/");
    await people(wang).getByText(wang.t("reviews.remind_read")).click();
    await stage(wang, "submitted").waitFor();
    await wang.loseSignal();
    await wang.button("reviews.acknowledge").click();
    await stage(wang, "acknowledged").waitFor();
    await wang.findSignal();
    await wang.received({ within: 30_000 });

    // Her statement, on her phone, has a line for each: 2,585 + 10 + 400,000 × 5% × 80% + 1,000.
    await wang.goTo("/pay");
    await wang.link("pay.open_statement").click();
    await look(wang, "month-statement");
    await wang.page.getByText("¥19,595.00").first().waitFor();
    await openLine(wang, wang.t("pay.line_reviewed"));
    await openLine(wang, TASK);
    await openLine(wang, CLIENT);
    await wang.page.getByText("¥400,000.00 × 5%").waitFor();
    const [, person] = /\/pay\/(\w{26})\//.exec(wang.page.url());

    // Drawn up by one, approved and locked by another.
    await openStatement(director, person);
    await director.button("pay.draw_up").click();
    await director.page.getByRole("dialog").getByRole("button", { name: director.t("pay.draw_up") }).click();
    await state(director, "drawn_up").waitFor();
    await director.received();
    await openStatement(finance, person);
    await finance.button("pay.approve").click();
    await state(finance, "approved").waitFor();
    await finance.received();
    await finance.button("pay.lock").click();
    await finance.page.getByRole("dialog").getByRole("button", { name: finance.t("pay.lock") }).click();
    await state(finance, "locked").waitFor();
    await finance.received();
    await look(finance, "month-locked");

    // What comes after the lock leaves it as it is.
    await openStatement(wang, person);
    await state(wang, "locked").waitFor();
    const before = await total(wang);
    await wang.goTo(task);
    await wang.button("tasks.reopen").click();
    await wang.received();
    await openStatement(wang, person);
    assert.equal(await total(wang), before);
    assert.equal((await held(li.page, [FEEDBACK, TASK])).words.length, 0, "a colleague has none of it");
  },
  { timeout: 480_000 },
);

async function total(device) {
  return device.page.getByRole("main").getByText(/^¥[\d,]+\.\d\d$/).first().textContent();
}

async function look(device, name) {
  await device.shot(name, { fullPage: true });
  await assertAccessible(device.page, name);
}
