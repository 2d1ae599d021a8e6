// Pay: one's own, a statement's lines, what is disputed and put right.

/** The statement of the month, by way of the person's pay. @param {import("../device.mjs").Device} device */
export async function openStatement(device, person) {
  await device.goTo(`/pay/${person}`);
  await device.link("pay.open_statement").first().click();
  await device.role("heading", "pay.lines").waitFor();
}

/** Opens the line that says `text`, and closes the others. @param {import("../device.mjs").Device} device */
export async function openLine(device, text) {
  const lines = device.page.getByRole("list", { name: device.t("pay.lines") });
  for (const open of await lines.locator("details[open] > summary").all()) await open.click();
  await lines.locator("summary", { hasText: text }).click();
}

/** From the dispute that is shown. @param {import("../device.mjs").Device} device */
export async function proposeAdjustment(device, { amount, reason }) {
  const disputes = device.page.getByRole("list", { name: device.t("pay.disputes") });
  await disputes.getByRole("button", { name: device.t("pay.adjust") }).click();
  await device.field("pay.amount").fill(amount);
  await device.field("pay.reason").fill(reason);
  await device.button("pay.propose").click();
  await device.page.getByText(reason).waitFor();
}

/** And settles it. @param {import("../device.mjs").Device} device */
export async function answerDispute(device, text) {
  const disputes = device.page.getByRole("list", { name: device.t("pay.disputes") });
  await disputes.getByRole("button", { name: device.t("pay.answer"), exact: true }).click();
  const dialog = device.page.getByRole("dialog");
  await dialog.getByLabel(device.t("pay.answer"), { exact: true }).fill(text);
  await dialog.getByLabel(device.t("pay.settles")).check();
  await dialog.getByRole("button", { name: device.t("pay.save") }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** Where the open statement stands. @param {import("../device.mjs").Device} device */
export function state(device, name) {
  return device.page.getByRole("main").getByText(device.t(`pay.state_${name}`), { exact: true }).first();
}
