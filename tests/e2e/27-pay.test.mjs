// From the plan to the lock: what an order earns is explained on the payee's phone without a network, disputed, put right by a
// line of its own, approved and locked by others. Nobody else sees any of it.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { createClient, openClient } from "./support/steps/clients.mjs";
import { fillOrder, openOrder, standing, submitOrder } from "./support/steps/orders.mjs";
import { answerDispute, openLine, openStatement, proposeAdjustment, state } from "./support/steps/pay.mjs";
import { openTeam } from "./support/steps/people.mjs";
import { TEAM, founder, members } from "./support/steps/team.mjs";

const CLIENT = "西湖茶叶行";
const TEA = { product: "龙井茶", quantity: "100", price: "600" };
const WRONG = "底薪少了一百";

journey(
  "a month of pay from the order to the lock",
  async (world) => {
    const director = await founder(world);
    await openTeam(director, TEAM);
    const [wang, zhao, desk, finance] = await members(world, director, [
      { name: "王帆", team: TEAM, employment: "full_time" },
      { name: "赵蕾", team: TEAM },
      { name: "订单部小周", role: "order_desk" },
      { name: "财务老陈", role: "finance", options: { language: "en", theme: "dark" } },
    ]);

    // The next version of the plan, tried on the past before it is decided.
    await director.goTo("/pay/plans");
    await look(director, "pay-plans");
    await director.link("pay.new_version").click();
    await director.heading("pay.new_version").waitFor();
    await director.field("pay.usual_wage").fill("2800");
    await director.page.getByText(director.t("pay.what_if"), { exact: true }).click();
    await director.page.getByRole("table").waitFor();
    await look(director, "pay-plan-form");
    await director.button("pay.save_version").click();
    await director.text("pay.version_to_come").waitFor();
    await director.received();

    await createClient(wang, { name: CLIENT, contact: "沈洁", phone: "13800001111" });
    await openClient(wang, CLIENT);
    await wang.page.getByRole("link", { name: wang.t("orders.take") }).click();
    await fillOrder(wang, [TEA]);
    await submitOrder(wang);
    await wang.received();
    await openOrder(desk, CLIENT);
    await desk.button("orders.accept").click();
    await standing(desk, "accepted").waitFor();
    await desk.received();

    // In the basement: every line says where it comes from.
    await wang.goTo("/pay");
    await wang.page.getByText("¥4,985.00").waitFor();
    await wang.readyForOffline();
    await wang.loseSignal();
    await look(wang, "pay-mine");
    await wang.link("pay.open_statement").click();
    await openLine(wang, CLIENT);
    await wang.page.getByText("¥60,000.00 × 4%").waitFor();
    await wang.text("pay.usual_plan").locator("visible=true").first().waitFor();
    await look(wang, "pay-line");
    const [, person] = /\/pay\/(\w{26})\//.exec(wang.page.url());
    await wang.link("pay.open_order").click();
    await standing(wang, "accepted").waitFor();
    await wang.page.goBack();
    await openLine(wang, wang.t("pay.line_base"));
    await wang.page.getByRole("button", { name: wang.t("pay.dispute_line") }).locator("visible=true").click();
    await wang.field("pay.dispute_text").fill(WRONG);
    await look(wang, "pay-disputing");
    await wang.button("pay.dispute").click();
    await wang.page.getByText(WRONG).waitFor();
    await wang.findSignal();
    await wang.received();

    // A colleague of the same team sees nothing of it.
    await zhao.goTo(`/pay/${person}`);
    await zhao.text("pay.missing").waitFor();
    assert.equal((await held(zhao.page, [WRONG])).words.length, 0, "her phone holds none of it");

    // Finance answers with a line of its own, which somebody else approves.
    await finance.goTo("/pay/team");
    await finance.page.getByText(WRONG).waitFor();
    await look(finance, "pay-team");
    await proposeAdjustment(finance, { amount: "100", reason: "补回十一月底薪" });
    await answerDispute(finance, "已补一笔 ¥100");
    await finance.received();
    await director.goTo(`/pay/${person}`);
    await director.page.getByText("补回十一月底薪").waitFor();
    await look(director, "pay-person");
    await director.button("pay.approve").click();
    await director.text("pay.adjustment_approved").last().waitFor();
    await director.received();

    // Drawn up by one, approved and locked by another.
    await openStatement(director, person);
    await director.page.getByText("¥5,085.00").first().waitFor();
    await director.button("pay.draw_up").click();
    await director.page.getByRole("dialog").getByRole("button", { name: director.t("pay.draw_up") }).click();
    await state(director, "drawn_up").waitFor();
    assert.equal(await director.button("pay.approve").count(), 0, "who draws it up does not approve it");
    await director.received();
    await openStatement(finance, person);
    await finance.loseSignal();
    await finance.button("pay.approve").click();
    await state(finance, "approved").waitFor();
    await finance.text("pay.provisional").first().waitFor();
    await look(finance, "pay-provisional");
    await finance.findSignal();
    await finance.text("pay.provisional").first().waitFor({ state: "detached" });
    await finance.button("pay.lock").click();
    await finance.page.getByRole("dialog").getByRole("button", { name: finance.t("pay.lock") }).click();
    await state(finance, "locked").waitFor();
    await finance.received();
    await look(finance, "pay-locked");

    // The payee reads what was locked, without a network, and on paper.
    await openStatement(wang, person);
    await state(wang, "locked").waitFor();
    await wang.page.getByText("补回十一月底薪").waitFor();
    await wang.page.getByText("¥5,085.00").first().waitFor();
    await wang.loseSignal();
    await wang.button("pay.files").click();
    await wang.page.getByRole("link", { name: wang.t("pay.print") }).click();
    await wang.page.getByRole("table").waitFor();
    await look(wang, "pay-paper");
    const pdf = await wang.page.pdf({ preferCSSPageSize: true });
    assert.ok(pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 5_000);
    await wang.link("shell.back").click();
    await wang.button("pay.files").click();
    const download = wang.page.waitForEvent("download");
    await wang.page.getByRole("button", { name: wang.t("export.xlsx") }).click();
    assert.match((await download).suggestedFilename(), /王帆.*\.xlsx$/);
    assert.equal((await held(zhao.page, [WRONG, "补回十一月底薪"])).words.length, 0);
  },
  { timeout: 420_000 },
);

async function look(device, name) {
  await device.shot(name);
  await assertAccessible(device.page, name);
}
