// Grades: the ladder, somebody's grade, proposals.

import { openPerson } from "./handovers.mjs";

/** Publishes the ladder that is suggested. @param {import("../device.mjs").Device} device */
export async function publishLadder(device) {
  await device.goTo("/grades");
  await device.link("grades.first_version").click();
  await device.button("grades.publish").click();
  await device.heading("grades.ladder").waitFor();
  await device.text("grades.in_force").first().waitFor();
}

/** From the person's page. @param {import("../device.mjs").Device} device */
export async function openGrade(device, person) {
  await openPerson(device, person);
  await device.page.getByRole("article").getByRole("link", { name: device.t("grades.title") }).click();
  await device.heading("grades.of", { name: person }).waitFor();
}

/** One's own, from Me. @param {import("../device.mjs").Device} device */
export async function openMyGrade(device) {
  await device.goTo("/me");
  await device.page.getByRole("link", { name: device.t("grades.mine") }).click();
  await device.heading("grades.mine").waitFor();
}

/** A first grade or another. @param {import("../device.mjs").Device} device */
export async function setGrade(device, person, grade, reason) {
  await openGrade(device, person);
  await device.page.getByRole("link", { name: new RegExp(`^(${device.t("grades.set")}|${device.t("grades.correct")})$`) }).click();
  await device.field("grades.grade").selectOption({ label: grade });
  if (reason) await device.field("grades.reason").fill(reason);
  await device.button("grades.set_save").click();
  await device.heading("grades.of", { name: person }).waitFor();
}

/** What Today says about grades. @param {import("../device.mjs").Device} device */
export function reminders(device) {
  return device.page.getByRole("list", { name: device.t("grades.title"), exact: true });
}
