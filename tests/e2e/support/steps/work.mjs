// Work by skill and load: who can what and when, who gets what.

/** The skills and hours of somebody. @param {import("../device.mjs").Device} device */
export async function openSkills(device, person) {
  await device.goTo("/people");
  const everybody = device.page.getByRole("list", { name: device.t("people.everybody") });
  await everybody.getByRole("link", { name: person }).click();
  await device.page.getByRole("link", { name: device.t("work.skills_and_hours") }).click();
  await device.heading("work.skills_and_hours").waitFor();
}

/** Of the open person; oneself claims. @param {import("../device.mjs").Device} device */
export async function rate(device, skill, level, { evidence = "", claim = false } = {}) {
  await device.page.getByRole("list", { name: device.t("work.skills") }).getByRole("button", { name: skill }).click();
  const sheet = device.page.getByRole("dialog", { name: device.t("work.rate_title", { skill }) });
  await sheet.getByText(String(level), { exact: true }).click();
  await sheet.getByLabel(device.t("work.evidence"), { exact: true }).fill(evidence);
  await sheet.getByRole("button", { name: device.t(claim ? "work.claim" : "work.rate"), exact: true }).click();
  await sheet.waitFor({ state: "hidden" });
}

/** The line of a candidate in the open sheet. @param {import("../device.mjs").Device} device */
export function candidate(device, person) {
  return device.page.getByRole("list", { name: device.t("work.suggest") }).getByRole("button", { name: person });
}

/** A line of the load screen. @param {import("../device.mjs").Device} device */
export function loadOf(device, person) {
  return device.page.getByRole("row", { name: person });
}
