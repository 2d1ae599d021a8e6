// Names made of HTML, SQL, formulas and right-to-left marks, and a megabyte of text: on the screen, in search, in
// files and on paper they are text. The list is the one the domain and the file formats are tried with.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { hostile } from "./support/data.mjs";
import { journey } from "./support/journey.mjs";
import { createClient } from "./support/steps/clients.mjs";
import { download, figure, importAll, openList } from "./support/steps/files.mjs";
import { founder } from "./support/steps/team.mjs";
import { until } from "./support/until.mjs";
import { unzip } from "./support/zip.mjs";

const MEGABYTE = "长".repeat(350_000);
const NAME_MAX = 200;
/** Typed by hand; the others are imported. */
const TYPED = ["<img src=x onerror=\"window.ran=1\">", "\u202egnp.exe", "=HYPERLINK(\"http://evil.example\",\"x\")"];
/** Begins a formula, in spreadsheets of any locale. */
const TRIGGER = /^[=+\-@\t\r\n＝＋－＠]/u;

journey(
  "hostile text",
  async (world) => {
    const phone = await founder(world);
    const names = await namesOf(phone);
    for (const name of TYPED) await createClient(phone, { name, contact: name });
    await importNames(phone, names);
    const all = [...TYPED, ...names];

    await nothingRan(phone, "after the import");
    for (const name of all) await isFoundAndShown(phone, name);
    await tooMuchIsNotTaken(phone);
    await exportsAreInert(phone, all);
    await isPrinted(phone);
    await nothingRan(phone, "in the end");
  },
  { timeout: 240_000 },
);

/** What a list can bring in: one line each, none alike, none that the file format itself reads otherwise. */
async function namesOf() {
  const seen = new Set(TYPED);
  return (await hostile()).filter((text) => {
    const name = text.trim();
    const usable = name === text && !/[\p{Cc}\u2028\u2029]/u.test(name) && !/^'+[=+\-@＝＋－＠]/u.test(name);
    const shown = name.replaceAll(/[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, "") === name;
    if (!usable || !shown || seen.has(name)) return false;
    return seen.add(name);
  });
}

async function importNames(device, names) {
  const path = join(device.profile, "hostile.csv");
  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  const rows = [...names, MEGABYTE].map((name) => [name, name, name].map(quoted).join(","));
  await writeFile(path, ["客户名称,联系人,备注", ...rows, ""].join("\r\n"));
  await openList(device, path);
  assert.equal(await figure(device, "import.with_errors"), 1, "a megabyte is no name");
  await importAll(device);
  assert.equal(await figure(device, "import.imported"), names.length);
}

/** By its whole name, in its row and in its file, letter for letter and kept apart from its neighbours. */
async function isFoundAndShown(device, name) {
  await device.goTo("/clients");
  const list = device.page.getByRole("list", { name: device.t("clients.title") });
  await list.getByRole("link").first().waitFor();
  await device.field("clients.search").fill(name);
  const row = list.getByRole("link").filter({ has: device.page.locator("bdi", { hasText: name }) }).first();
  await row.waitFor();
  const title = row.locator("bdi").first();
  // Where it stood in the whole list it goes as soon as it is found.
  await until(`${name} is shown for itself`, () =>
    title.evaluate((bdi, name) => bdi.textContent === name && getComputedStyle(bdi).unicodeBidi === "isolate", name),
  );
  await row.click();
  const heading = device.page.getByRole("heading", { level: 1 }).last();
  await until(`${name} is opened`, async () => (await heading.textContent()) === name);
  assert.equal(await heading.locator("bdi").textContent(), name);
  await nothingRan(device, name);
}

/** No script has run, and no element that is not the app's own stands on the page. */
async function nothingRan(device, when) {
  const found = await device.page.evaluate(() => ({
    ran: "ran" in window,
    elements: document.querySelectorAll("img[src=x], iframe, svg[onload], [onerror], body script, body style").length,
    links: document.querySelectorAll("a[href^='javascript:'], a[href*='evil.example']").length,
  }));
  assert.deepEqual(found, { ran: false, elements: 0, links: 0 }, when);
}

/** A field takes as much as is stored, and shows that it takes no more. */
async function tooMuchIsNotTaken(device) {
  await device.goTo("/clients/new");
  await device.field("clients.name").fill(MEGABYTE);
  assert.equal((await device.field("clients.name").inputValue()).length, NAME_MAX);
  await device.field("clients.name").fill("");
}

async function exportsAreInert(device, names) {
  await device.goTo("/export");
  const csv = (await readFile(await download(device, "export.csv"), "utf8")).replace(/^\ufeff/, "");
  const cells = [...csv.matchAll(/"((?:[^"]|"")*)"|([^,\r\n"]+)/g)].map(([, quoted, plain]) =>
    plain ?? quoted.replaceAll('""', '"'),
  );
  assert.deepEqual(cells.filter((cell) => TRIGGER.test(cell)), [], "cells that would run");
  for (const name of names) {
    assert.ok(cells.includes(name) || cells.includes(`'${name}`), `${name} is not in the list`);
  }
  const xlsx = unzip(await readFile(await download(device, "export.xlsx")));
  const sheet = xlsx.get("xl/worksheets/sheet1.xml").toString("utf8");
  assert.ok(!sheet.includes("<f>"), "there is a formula in the workbook");
  const cards = (await readFile(await download(device, "export.vcard"), "utf8")).split("\r\n");
  const begun = cards.filter((line) => line === "BEGIN:VCARD").length;
  assert.equal(begun, names.length, "a card each");
}

/** The list as it goes to a printer. */
async function isPrinted(device) {
  await device.goTo("/clients");
  const list = device.page.getByRole("list", { name: device.t("clients.title") });
  await list.getByRole("link").first().waitFor();
  await device.page.emulateMedia({ media: "print" });
  const paper = await device.page.pdf();
  assert.equal(paper.subarray(0, 5).toString("latin1"), "%PDF-");
  assert.ok(!paper.includes("/JavaScript"), "there is a script on paper");
  await device.page.emulateMedia({ media: null });
}
