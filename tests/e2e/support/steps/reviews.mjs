// Reviews: opened, written, answered.

/** Opens somebody's review of this quarter from the list. @param {import("../device.mjs").Device} device */
export async function openReview(device, name) {
  await device.goTo("/reviews");
  await people(device).getByRole("link").filter({ hasText: name }).first().click();
  await device.page.getByRole("heading", { level: 1 }).filter({ hasText: name }).waitFor();
}

/** Whose reviews are in the list. @param {import("../device.mjs").Device} device */
export function people(device) {
  return device.page.getByRole("list", { name: device.t("reviews.title") });
}

/** Rates team work and says something in the form that is open. @param {import("../device.mjs").Device} device */
export async function fillReview(device, { level, evidence, feedback }) {
  const name = device.t("reviews.team_work");
  await device.field("reviews.team_work").selectOption(String(level));
  await device.field("reviews.evidence_of", { name }).fill(evidence);
  await device.field("reviews.feedback").fill(feedback);
}

/** @param {import("../device.mjs").Device} device */
export async function submitReview(device) {
  await device.button("reviews.submit").click();
  await device.page.waitForURL(/\/reviews\/\w{26}\/\d{4}-Q\d$/);
  await stage(device, "submitted").waitFor();
}

/** Where the open review stands. @param {import("../device.mjs").Device} device */
export function stage(device, stage) {
  return device.page.getByText(device.t(`reviews.stage_${stage}`), { exact: true }).last();
}

/** Says why in the sheet behind a button. @param {import("../device.mjs").Device} device */
export async function say(device, key, words) {
  await device.button(key).click();
  const sheet = device.page.getByRole("dialog");
  await sheet.getByLabel(device.t("reviews.why"), { exact: true }).fill(words);
  await sheet.getByRole("button", { name: device.t(key) }).click();
}
