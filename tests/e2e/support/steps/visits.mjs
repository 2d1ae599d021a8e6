// A visit from the door to the door.

import { join } from "node:path";

import { root } from "../places.mjs";

/** Begins a visit to the open client, now. @param {import("../device.mjs").Device} device */
export async function dropIn(device) {
  await device.link("clients.visit").click();
  await device.button("visits.check_in_now").click();
  await device.button("visits.check_out").waitFor();
}

/** The note is written when one turns to something else. @param {import("../device.mjs").Device} device */
export async function writeNote(device, text) {
  const note = device.field("visits.action_note");
  await note.fill(text);
  await note.blur();
}

/**
 * A picture as the camera hands it over: one of the app's icons, or what it is made of.
 * @param {import("../device.mjs").Device} device
 * @param {string | { name: string, mimeType: string, buffer: Buffer }} picture
 */
export async function addPhoto(device, picture) {
  const photos = device.page.getByRole("button", { name: device.t("visits.photo"), exact: true });
  const before = await photos.count();
  await device.field("visits.action_photo").setInputFiles(
    typeof picture === "string" ? join(root, "public/icons", picture) : picture,
  );
  await photos.nth(before).waitFor();
}

/** @param {import("../device.mjs").Device} device */
export async function agreeNextStep(device, step) {
  await device.page.getByRole("button", { name: device.t("visits.no_next_step") }).click();
  await device.field("visits.next_what").fill(step);
  await device.button("visits.in_a_week").click();
  await device.button("visits.save").click();
  await device.page.getByText(step).waitFor();
}

/** @param {import("../device.mjs").Device} device */
export async function checkOut(device) {
  await device.button("visits.check_out").click();
  await device.link("visits.plan_next").waitFor();
}
