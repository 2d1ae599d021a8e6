// Clients: written down, found, changed, settled.

/**
 * @param {import("../device.mjs").Device} device
 * @param {{ name: string, contact?: string, phone?: string, address?: string, region?: string, source?: string, here?: boolean }} client
 *   `here` takes the phone's position for the client's.
 */
export async function createClient(device, { name, contact, phone, here = false, ...more }) {
  await device.goTo("/clients/new");
  await device.field("clients.name").fill(name);
  if (contact) await device.field("clients.contact_name").fill(contact);
  if (phone) await device.field("clients.phone").fill(phone);
  for (const [field, text] of Object.entries(more)) await device.field(`clients.${field}`).fill(text);
  if (here) {
    await device.button("location.take").click();
    await device.text("location.known").waitFor();
  }
  await device.button("clients.save").click();
  await opened(device, name);
}

/** Finds the client by its name and opens it. @param {import("../device.mjs").Device} device */
export async function openClient(device, name) {
  await device.goTo("/clients");
  await device.field("clients.search").fill(name);
  await device.page.getByRole("list", { name: device.t("clients.title") }).getByRole("link", { name }).click();
  await opened(device, name);
}

/** Waits until a client has come to this device. @param {import("../device.mjs").Device} device */
export async function clientArrived(device, name) {
  await device.goTo("/clients");
  await device.page.getByRole("list", { name: device.t("clients.title") }).getByRole("link", { name }).waitFor();
}

/** @param {import("../device.mjs").Device} device */
export async function changeClient(device, name, changes) {
  await openClient(device, name);
  await device.button("clients.more").click();
  await device.link("clients.edit").click();
  await device.heading("clients.edit").waitFor();
  for (const [field, value] of Object.entries(changes)) {
    await device.field(`clients.${field}`).fill(value);
  }
  await device.button("clients.save").click();
  await opened(device, changes.name ?? name);
}

/** An entry in the timeline of the open client. @param {import("../device.mjs").Device} device */
export async function logInteraction(device, text) {
  await device.button("clients.log").click();
  await device.field("clients.what_happened").fill(text);
  await device.button("clients.save").click();
  await device.page.getByText(text).waitFor();
}

/** The disagreement on a field of the open client. @param {import("../device.mjs").Device} device */
export function conflict(device, field) {
  return device.role("region", `clients.${field}`);
}

/** One tap on the value to be kept. @param {import("../device.mjs").Device} device */
export async function keep(device, field, value) {
  const shown = conflict(device, field);
  await shown.getByRole("button", { name: value }).click();
  await shown.waitFor({ state: "detached" });
}

function opened(device, name) {
  return device.page.getByRole("heading", { name, level: 1 }).waitFor();
}
