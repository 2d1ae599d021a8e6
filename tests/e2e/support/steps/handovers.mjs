// Handovers: the wizard of somebody's clients, and what the successor reads.

/** From the person's page. @param {import("../device.mjs").Device} device */
export async function openHandover(device, person) {
  await openPerson(device, person);
  await device.link("handovers.title").click();
  await device.heading("handovers.title_of", { name: person }).waitFor();
}

/** @param {import("../device.mjs").Device} device */
export async function openPerson(device, person) {
  await device.goTo("/people");
  await device.page.getByRole("link", { name: new RegExp(person) }).first().click();
  await device.page.getByRole("heading", { level: 1, name: person }).waitFor();
}

/** In the wizard: who gets a client. @param {import("../device.mjs").Device} device */
export async function give(device, client, to) {
  const field = device.page.getByLabel(client, { exact: true });
  await choose(field, to);
}

/** The option that begins with the name. @param {import("playwright-core").Locator} field */
export async function choose(field, name) {
  const option = field.locator("option").filter({ hasText: new RegExp(`^${name}`) });
  await field.selectOption(await option.getAttribute("value"));
}

/** Why they are handed over. @param {import("../device.mjs").Device} device */
export async function because(device, why) {
  await device.page.getByText(device.t(`handovers.why_${why}`), { exact: true }).click();
}

/** The clients that came and wait to be read. @param {import("../device.mjs").Device} device */
export function came(device) {
  return device.page.getByRole("list", { name: device.t("handovers.came"), exact: true });
}
