// An order taken on a visit without signal is accepted by the order desk, or comes back with its reason; nobody who looks
// after the client decides on it.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { createClient, openClient } from "./support/steps/clients.mjs";
import { fillOrder, openOrder, standing, submitOrder } from "./support/steps/orders.mjs";
import { founder, members } from "./support/steps/team.mjs";
import { checkOut, dropIn } from "./support/steps/visits.mjs";

const CLIENT = "西湖茶叶行";
const BEER = { product: "龙井茶 250g", quantity: "12.5", price: "38.60", discount: "5" };
const DELIVERY = { product: "送货上门", quantity: "1", price: "20" };

journey(
  "an order from the visit to the order desk and back",
  async (world) => {
    const director = await founder(world);
    const [wang, desk] = await members(world, director, [
      { name: "王帆" },
      { name: "订单部小周", role: "order_desk", options: { language: "en", theme: "dark" } },
    ]);
    await createClient(wang, { name: CLIENT, contact: "沈洁", phone: "13800001111", here: true });
    await wang.received();
    await wang.readyForOffline();

    // On the visit, in the basement.
    await openClient(wang, CLIENT);
    await dropIn(wang);
    const visit = wang.page.url();
    await wang.loseSignal();
    await wang.page.getByRole("link", { name: wang.t("visits.action_order") }).click();
    await wang.heading("orders.new").waitFor();
    await fillOrder(wang, [BEER, DELIVERY]);
    await wang.page.getByText("¥478.38").waitFor();
    await look(wang, "order-form");

    // The app dies in the middle: nothing typed is lost.
    await wang.page.waitForTimeout(600);
    await wang.page.reload();
    await wang.page.getByText("¥478.38").waitFor();
    await submitOrder(wang);
    await standing(wang, "submitted").waitFor();
    await wang.text("orders.provisional").waitFor();
    await look(wang, "order-offline");
    await wang.page.goto(visit);
    await wang.text("visits.orders_taken", { count: 1 }).waitFor();
    await checkOut(wang);
    assert.equal((await held(desk.page, [CLIENT])).words.length, 0, "it has not left the phone");

    await wang.findSignal();
    await wang.received();
    await openOrder(desk, CLIENT);
    await desk.page.getByText("¥478.38").last().waitFor();
    await look(desk, "order-desk");

    // It comes back with its reason.
    await desk.button("orders.turn_down").click();
    await desk.field("orders.reason").selectOption("stock");
    await desk.field("orders.reason_text").fill("缺货到月底，先送一半可以吗？");
    await look(desk, "order-turning-down");
    await desk.page.getByRole("dialog").getByRole("button", { name: desk.t("orders.turn_down") }).click();
    await desk.received();
    await openClient(wang, CLIENT);
    await wang.page.getByRole("list", { name: wang.t("orders.of_client") }).getByRole("link").first().click();
    await wang.page.getByText("缺货到月底，先送一半可以吗？").waitFor();
    await standing(wang, "turned_down").waitFor();
    await look(wang, "order-turned-down");

    // Corrected, it is accepted while its author is away, and by the relay's clock.
    await wang.button("orders.more").click();
    await wang.link("orders.change").click();
    await wang.field("orders.quantity").first().fill("6");
    await submitOrder(wang);
    await wang.received();
    await wang.loseSignal();
    await openOrder(desk, CLIENT);
    await desk.page.getByText("¥240.02").last().waitFor();
    await desk.loseSignal();
    await desk.button("orders.accept").click();
    await desk.text("orders.provisional").waitFor();
    await desk.findSignal();
    await desk.text("orders.provisional").waitFor({ state: "detached" });
    await standing(desk, "accepted").waitFor();
    await desk.button("orders.receive").click();
    await desk.field("orders.amount").fill("240.02");
    await desk.button("orders.save").click();
    await desk.button("orders.refund").click();
    await desk.field("orders.amount").fill("40");
    await desk.button("orders.save").click();
    await desk.page.getByText("¥200.02").last().waitFor();
    await desk.received();
    await look(desk, "order-accepted");

    await wang.findSignal();
    await openOrder(wang, CLIENT);
    await standing(wang, "accepted").waitFor();
    await wang.page.getByText(/订单部小周 · \d{1,2}:\d{2}/).waitFor();
    await wang.page.getByText("¥200.02").last().waitFor();
    assert.equal(await wang.button("orders.accept").count(), 0);
    await look(wang, "order-done");
    await wang.goTo("/orders");
    await wang.page.getByText("¥200", { exact: true }).waitFor();
    await look(wang, "orders");
    await director.goTo("/orders");
    await director.page.getByText(director.t("orders.all"), { exact: true }).click();
    await director.page.getByRole("link", { name: CLIENT }).first().click();
    await standing(director, "accepted").waitFor();
    assert.equal(await director.button("orders.accept").count(), 0);
    await look(director, "order-director");
  },
  { timeout: 300_000 },
);

async function look(device, name) {
  await device.shot(name);
  await assertAccessible(device.page, name);
}
