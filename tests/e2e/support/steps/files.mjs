// Client lists in.

import { readFile } from "node:fs/promises";

import { list } from "../data.mjs";

/** From choosing the file to what the check has found. @param {import("../device.mjs").Device} device */
export async function openList(device, path = list) {
  await device.goTo("/import");
  await device.field("import.choose").setInputFiles(path);
  await device.button("import.check").click();
  await device.heading("import.found").waitFor({ timeout: 60_000 });
}

/** Every possible duplicate is decided the same way. @param {import("../device.mjs").Device} device */
export async function importAll(device) {
  if ((await figure(device, "import.doubled")) > 0) await device.button("import.import_all").click();
  await device.button("import.import_count").click();
  await device.text("import.done").waitFor({ timeout: 120_000 });
}

/** A number of the check or of the outcome, by its label. @param {import("../device.mjs").Device} device */
export async function figure(device, key) {
  const shown = device.page.locator("dl > div").filter({ has: device.page.getByText(device.t(key), { exact: true }) });
  return Number((await shown.getByRole("definition").textContent()).replaceAll(/\D/g, ""));
}

/** The list of errors as a person downloads it, by the row's number. @param {import("../device.mjs").Device} device */
export async function errorRows(device) {
  const download = device.page.waitForEvent("download");
  await device.button("import.download_errors").click();
  const text = await readFile(await (await download).path(), "utf8");
  const numbers = text.split(/\r?\n/).slice(1).map((line) => Number(/^"?(\d+)/.exec(line)?.[1]));
  return [...new Set(numbers.filter((number) => number > 0))].sort((one, other) => one - other);
}

/** Where the browser has put what a button gives. @param {import("../device.mjs").Device} device */
export async function download(device, key) {
  const given = device.page.waitForEvent("download");
  await device.page.getByRole("button", { name: device.t(key) }).click();
  return (await given).path();
}
