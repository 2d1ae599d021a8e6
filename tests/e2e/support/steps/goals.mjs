// Goals: set, countered, agreed, looked at.

/**
 * Sets a goal for this month and opens it.
 * @param {import("../device.mjs").Device} device
 * @param {{ what: string, target: number, place?: string, parent?: string, metric?: string, reason?: string }} goal
 *   `place` is whose, by name, the author's own when left out; `parent` a part of the name of the goal it serves.
 */
export async function setGoal(device, { what, target, place, parent, metric, reason = "旺季" }) {
  await device.goTo("/goals/new");
  await device.field("goals.what").waitFor();
  if (place) await device.field("goals.place").selectOption({ label: place });
  if (metric) await device.field("goals.metric").selectOption(metric);
  await device.field("goals.what").fill(what);
  await device.field("goals.target").fill(String(target));
  await device.field("goals.reason_new").fill(reason);
  if (parent) {
    const choice = device.field("goals.parent");
    const value = await choice.locator("option").filter({ hasText: parent }).getAttribute("value");
    await choice.selectOption(value);
  }
  await device.button("goals.propose").click();
  await opened(device, what);
}

/** Finds the goal among all on this device and opens it. @param {import("../device.mjs").Device} device */
export async function openGoal(device, what) {
  await device.goTo("/goals");
  const whose = device.page.getByRole("group", { name: device.t("goals.whose") });
  await whose.getByText(device.t("goals.everybody"), { exact: true }).click();
  await board(device).getByRole("link").filter({ hasText: what }).click();
  await opened(device, what);
}

/** The goals on the screen. @param {import("../device.mjs").Device} device */
export function board(device) {
  return device.page.getByRole("list", { name: device.t("goals.title") });
}

/** Other numbers for the open goal. @param {import("../device.mjs").Device} device */
export async function changeGoal(device, what, { target, reason }) {
  await device.link("goals.change").click();
  await device.heading("goals.change_title").waitFor();
  await device.field("goals.target").fill(String(target));
  await device.field("goals.reason_change").fill(reason);
  await device.button("goals.send_change").click();
  await opened(device, what);
}

/** Signs what the open goal proposes. @param {import("../device.mjs").Device} device */
export async function acceptGoal(device) {
  await device.button("goals.accept").click();
  await device.button("goals.update").waitFor();
}

/** The open goal stands so. @param {import("../device.mjs").Device} device */
export async function stands(device, actual, target) {
  const figure = device.t("goals.actual_of", { actual, target });
  await device.page.getByRole("link", { name: figure, exact: true }).waitFor();
}

function opened(device, what) {
  return device.page.getByRole("heading", { name: what, level: 1 }).waitFor();
}
