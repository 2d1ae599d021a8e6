// A month on three screens: whoever sells, whoever manages them and the director. An order accepted on a device far away
// moves all three; every number leads to its records, without a network too.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { journey } from "./support/journey.mjs";
import { createClient, openClient } from "./support/steps/clients.mjs";
import { figure, part } from "./support/steps/dashboard.mjs";
import { acceptGoal, openGoal, setGoal } from "./support/steps/goals.mjs";
import { fillOrder, openOrder, standing, submitOrder } from "./support/steps/orders.mjs";
import { openTeam } from "./support/steps/people.mjs";
import { TEAM, founder, members } from "./support/steps/team.mjs";
import { checkOut, dropIn } from "./support/steps/visits.mjs";

const WANG = "王帆";
const CLIENT = "西湖茶叶行";
const GOAL = "本月卖出一千元龙井";
const TEA = { product: "龙井茶 250g", quantity: "20", price: "30" };

journey(
  "three dashboards and the records behind them",
  async (world) => {
    const director = await founder(world);
    await openTeam(director, TEAM);
    const [manager, wang, li, desk] = await members(world, director, [
      { name: "罗亮", role: "team_manager", team: TEAM, options: { language: "en", theme: "dark" } },
      { name: WANG, team: TEAM },
      { name: "李敏", team: TEAM },
      { name: "订单部小周", role: "order_desk" },
    ]);
    await createClient(wang, { name: CLIENT, contact: "沈洁", phone: "13800001111", here: true });
    await openClient(wang, CLIENT);
    await dropIn(wang);
    await checkOut(wang);
    await wang.received();
    await setGoal(manager, { what: GOAL, target: 1000, place: WANG, metric: "sales" });
    await manager.received();
    await openGoal(wang, GOAL);
    await acceptGoal(wang);
    await wang.received();

    // From Today, without a network: what is done, what it pays, what comes next.
    await wang.goTo("/");
    await wang.readyForOffline();
    await wang.loseSignal();
    await wang.link("dashboard.open").click();
    await wang.heading("dashboard.mine").waitFor();
    await figure(wang, "visits", "1").waitFor();
    await figure(wang, "new_clients", "1").waitFor();
    await figure(wang, "sales", "¥0").waitFor();
    await look(wang, "dashboard-mine");
    await figure(wang, "visits", "1").click();
    await wang.heading("dashboard.visits").waitFor();
    await wang.page.getByRole("list", { name: wang.t("goals.records") }).getByRole("link", { name: CLIENT }).click();
    await wang.page.waitForURL(/\/visits\//);
    await wang.page.goBack();
    await wang.page.goBack();
    await figure(wang, "sales", "¥0").waitFor();
    await wang.page.reload();
    await figure(wang, "visits", "1").waitFor();
    await wang.findSignal();
    await order(wang);

    // Everybody looks; the order desk accepts; everybody sees it without touching anything.
    await wang.goTo("/dashboard");
    await figure(wang, "sales", "¥0").waitFor();
    await manager.goTo("/dashboard");
    await manager.page.getByRole("heading", { name: TEAM, level: 1 }).waitFor();
    await figure(manager, "sales", "¥0").waitFor();
    await look(manager, "dashboard-team-before");
    await director.goTo("/dashboard");
    await director.heading("dashboard.company").waitFor();
    await openOrder(desk, CLIENT);
    await desk.button("orders.accept").click();
    await standing(desk, "accepted").waitFor();
    await desk.received();
    for (const device of [wang, manager, director]) await figure(device, "sales", "¥600").waitFor({ timeout: 30_000 });
    await look(wang, "dashboard-mine-sold");

    // The manager, without a network: from the team to the person to the order.
    await manager.readyForOffline();
    await manager.loseSignal();
    await look(manager, "dashboard-team");
    for (const [number, shown] of [[1, "1"], [4, "0 / 1"], [6, "0"]]) {
      await manager.field("dashboard.compare").selectOption(String(number));
      await part(manager, "people", WANG).getByRole("link", { name: shown, exact: true }).waitFor();
    }
    await manager.field("dashboard.compare").selectOption("0");
    await part(manager, "people", WANG).getByRole("link", { name: WANG }).click();
    await manager.page.getByRole("heading", { name: WANG, level: 1 }).waitFor();
    await look(manager, "dashboard-of-wang");
    await figure(manager, "sales", "¥600").click();
    await manager.heading("dashboard.sales").waitFor();
    await manager.page.getByText("¥600.00").first().waitFor();
    await look(manager, "dashboard-records");
    await manager.page.getByRole("list", { name: manager.t("goals.records") }).getByRole("link", { name: CLIENT }).click();
    await standing(manager, "accepted").waitFor();
    await manager.findSignal();

    // The director, at a desk, down from the company; a month in which nothing was.
    await look(director, "dashboard-company");
    await part(director, "teams", TEAM).getByRole("link", { name: TEAM }).click();
    await director.page.getByRole("heading", { name: TEAM, level: 1 }).waitFor();
    await look(director, "dashboard-team-desk");
    await part(director, "people", WANG).getByRole("link", { name: WANG }).click();
    await director.page.getByRole("heading", { name: WANG, level: 1 }).waitFor();
    await look(director, "dashboard-person-desk");
    await director.button("ui.period_before").click();
    await figure(director, "sales", "¥0").waitFor();
    await director.page.waitForURL(/month=/);
    await director.page.reload();
    await figure(director, "sales", "¥0").waitFor();
    await director.role("link", "shell.back").click();
    await director.page.getByRole("heading", { name: TEAM, level: 1 }).waitFor();
    await figure(director, "sales", "¥0").waitFor();

    // Nobody sees more than they answer for, by an address either.
    await li.goTo("/dashboard");
    await figure(li, "sales", "¥0").waitFor();
    for (const place of ["company", new URL(director.page.url()).pathname.split("/").at(-1)]) {
      await li.goTo(`/dashboard/${place}`);
      await li.text("dashboard.missing").waitFor();
      assert.equal(await li.page.getByText("¥600").count(), 0);
    }
  },
  { timeout: 420_000 },
);

async function order(wang) {
  await openClient(wang, CLIENT);
  const client = new URL(wang.page.url()).pathname.split("/").at(-1);
  await wang.goTo(`/orders/new?client=${client}`);
  await wang.heading("orders.new").waitFor();
  await fillOrder(wang, [TEA]);
  await wang.page.getByText("¥600.00").first().waitFor();
  await submitOrder(wang);
  await wang.received();
}

/** A phone's whole page, not only what is before the fold. */
async function look(device, name) {
  await device.shot(name, { fullPage: true });
  await assertAccessible(device.page, name);
}
