// Whose a client is, and who else may see it.

import { openClient } from "./clients.mjs";

/** @param {import("../device.mjs").Device} device */
export async function share(device, client, person) {
  await choose(device, client, "clients.share", person);
  await device.text("clients.shared").waitFor();
  await device.page.keyboard.press("Escape");
}

/** @param {import("../device.mjs").Device} device */
export async function assign(device, client, person) {
  await choose(device, client, "clients.assign", person);
  await device.text("clients.assigned").waitFor();
}

async function choose(device, client, action, person) {
  await openClient(device, client);
  await device.button("clients.more").click();
  await device.button(action).click();
  await device.page.getByRole("dialog").getByRole("button", { name: new RegExp(person) }).click();
}
