// Surveys: a link made by a colleague, answered by a client who is nobody's colleague.

import { openClient } from "./clients.mjs";

/** Makes a link for a client and answers with it; the page that shows it stays open. @param {import("../device.mjs").Device} device */
export async function makeLink(device, client) {
  await openClient(device, client);
  await device.link("surveys.ask").click();
  await device.button("surveys.make_link").click();
  return shownLink(device);
}

/** The link on the page that shows one. @param {import("../device.mjs").Device} device */
export async function shownLink(device) {
  return (await device.page.locator("code").filter({ hasText: /\/s\/\w{26}$/ }).textContent()).trim();
}

/** Fills in what a client sees and sends it. @param {import("playwright-core").Page} page @param {string} satisfaction as the button says */
export async function answerSurvey(page, { satisfaction, points = [], words }) {
  await page.getByRole("radio", { name: satisfaction, exact: true }).check();
  for (const [question, said] of points) {
    await page.getByRole("group", { name: question }).getByRole("radio", { name: said, exact: true }).check();
  }
  if (words) await page.getByRole("textbox").fill(words);
  await page.getByRole("button").click();
}
