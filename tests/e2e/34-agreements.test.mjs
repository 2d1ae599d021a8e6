// Client data waits for a signature: the director asks for one, a newcomer reads and signs in the basement, and with the
// relay's word the clients come. The company signs too; a new version reminds and takes nothing away.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { clientArrived, createClient, openClient } from "./support/steps/clients.mjs";
import { openTeam } from "./support/steps/people.mjs";
import { TEAM, founder, members } from "./support/steps/team.mjs";

const SECRET = "保密协议";
const SECRET_EN = "Confidentiality agreement";
const WANG = "王帆";
const CLIENT = "龙井茶庄";
const NEWS = "不把客户资料发给任何人工智能服务。";

journey(
  "signing before clients come",
  async (world) => {
    const director = await founder(world);
    await openTeam(director, TEAM);
    const [manager] = await members(world, director, [
      { name: "罗亮", role: "team_manager", team: TEAM, options: { language: "en", theme: "dark" } },
    ]);
    await ask(director);
    await createClient(director, { name: CLIENT });
    await director.received();
    const [wang] = await members(world, director, [{ name: WANG, team: TEAM }]);

    await nothingYet(director, wang);
    await signInTheBasement(wang);
    await clientsCome(wang);
    await signForTheCompany(director, wang);
    await aNewVersion(director, wang);
    await whoHasSigned(manager);
  },
  { timeout: 420_000 },
);

/** The shipped texts, one of them published and asked for; who it touches is said before. */
async function ask(director) {
  await director.goTo("/agreements");
  await director.button("agreements.starter").click();
  await director.page.getByRole("link", { name: SECRET }).waitFor();
  await look(director, "agreements-drafts");
  await director.page.getByRole("link", { name: SECRET }).click();
  await director.button("agreements.publish").click();
  await director.link("agreements.ask").click();
  await director.field("people.role_account_manager").and(director.page.locator(":checked")).waitFor();
  await director.field("people.role_team_manager").check();
  await director.field("agreements.whose_data_waits").selectOption({ label: director.t("agreements.waits_everybody") });
  await director.text("agreements.foreseen_lose", { count: 1, names: "罗亮" }).waitFor();
  await look(director, "agreements-ask");
  await director.field("people.role_team_manager").uncheck();
  await director.text("agreements.foreseen_nobody").waitFor();
  await director.button("agreements.ask").click();
  await director.heading("agreements.asked_of").waitFor();
  await look(director, "agreements-asked");
  await director.received();
}

/** The client is given to the newcomer, and waits. */
async function nothingYet(director, wang) {
  await wang.heading("agreements.sign_first").waitFor();
  await look(wang, "agreements-today");
  await openClient(director, CLIENT);
  await director.button("clients.more").click();
  await director.button("clients.assign").click();
  const dialog = director.page.getByRole("dialog");
  await dialog.getByText(director.t("agreements.waits_short")).waitFor();
  await look(director, "agreements-assign");
  await dialog.getByRole("button", { name: WANG }).click();
  await director.text("clients.assigned").waitFor();
  await director.received();

  await wang.goTo("/clients");
  await wang.text("agreements.no_clients").waitFor();
  await look(wang, "agreements-no-clients");
  assert.deepEqual((await held(wang.page, [CLIENT])).words, [], "nothing of it is on the phone");
}

/** Read to the end with no signal; what was typed survives leaving the page; signed, and not yet by the relay's word. */
async function signInTheBasement(wang) {
  await wang.readyForOffline();
  await wang.loseSignal();
  await wang.link("agreements.go_sign").click();
  await wang.page.getByRole("link", { name: SECRET }).click();
  await wang.page.getByText("客户把电话、地址和生意上的事告诉我们").waitFor();
  await look(wang, "agreements-read");
  await wang.button("agreements.sign").click();
  await wang.page.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
  await wang.field("agreements.your_name").fill(WANG);
  await wang.page.waitForTimeout(600);
  await wang.page.reload();
  await wang.field("agreements.your_name").and(wang.page.locator(`[aria-required]`)).waitFor();
  await wang.page.waitForFunction((name) => [...document.querySelectorAll("input")].some((it) => it.value === name), WANG);
  await wang.button("agreements.sign").scrollIntoViewIfNeeded();
  await look(wang, "agreements-sign");
  await wang.button("agreements.sign").click();
  await wang.text("agreements.provisional_hint").waitFor();
  await look(wang, "agreements-provisional");
  await wang.goTo("/sync");
  await wang.text("agreements.did_sign").first().waitFor();
}

async function clientsCome(wang) {
  await wang.findSignal();
  await wang.received({ within: 30_000 });
  await clientArrived(wang, CLIENT);
  await wang.goTo("/");
  await wang.arrived();
  assert.equal(await wang.heading("agreements.sign_first").count(), 0);
}

/** Somebody else signs for the company; both signatures stand on one sheet of paper. */
async function signForTheCompany(director, wang) {
  await director.goTo("/");
  await director.heading("agreements.to_countersign_title").waitFor();
  await director.page.getByRole("link", { name: new RegExp(SECRET) }).click();
  await director.page.getByRole("link", { name: new RegExp(WANG) }).click();
  await director.heading("agreements.signed_sheet").waitFor();
  await director.field("agreements.your_name").fill("何总监");
  await director.button("agreements.countersign").click();
  await director.text("agreements.company_pending").waitFor({ state: "detached" });
  await director.received();
  await look(director, "agreements-both");

  await wang.goTo("/agreements");
  await wang.page.getByRole("link", { name: new RegExp(SECRET) }).click();
  await wang.page.getByText("何总监").waitFor();
  await look(wang, "agreements-signed");
  await wang.link("agreements.print_mine").click();
  await wang.text("agreements.digest").waitFor();
  await look(wang, "agreements-sheet");
  const pdf = await wang.page.pdf({ preferCSSPageSize: true });
  assert.match(pdf.toString("latin1"), /\/MediaBox \[0 0 59\d(\.\d+)? 84\d(\.\d+)?\]/, "A4");
}

/** It is asked for, and what is on the phone stays there. */
async function aNewVersion(director, wang) {
  await director.goTo("/agreements");
  await director.page.getByRole("link", { name: new RegExp(SECRET) }).click();
  await director.button("agreements.more").click();
  await director.link("agreements.edit").click();
  const text = director.field("agreements.zh_text");
  await text.fill(`${await text.inputValue()}\n${NEWS}`);
  await director.field("agreements.note").fill("说明了人工智能服务");
  await look(director, "agreements-edit");
  await director.button("agreements.save").click();
  await director.button("agreements.publish").click();
  await director.link("agreements.ask").click();
  await director.text("agreements.asking_for", { number: 2 }).waitFor();
  await director.button("agreements.ask").click();
  await director.heading("agreements.asked_of").waitFor();
  await director.received();

  await wang.goTo("/");
  await wang.heading("agreements.to_sign").waitFor({ timeout: 30_000 });
  await look(wang, "agreements-again");
  await wang.page.getByRole("link", { name: new RegExp(SECRET) }).click();
  await wang.page.getByText("说明了人工智能服务").waitFor();
  await clientArrived(wang, CLIENT);
}

/** The manager of the team, at night and in English. */
async function whoHasSigned(manager) {
  await manager.goTo("/agreements");
  await manager.page.getByRole("link", { name: new RegExp(SECRET_EN) }).click();
  await manager.page.getByRole("link", { name: new RegExp(WANG) }).waitFor();
  await look(manager, "agreements-manager");
  await manager.button("agreements.remind", { count: 1 }).click();
  await manager.text("agreements.reminded", { count: 1 }).waitFor();
  await manager.goTo("/people");
  await manager.page.getByRole("link", { name: new RegExp(WANG) }).click();
  await manager.heading("agreements.title").waitFor();
  await look(manager, "agreements-person");
}

async function look(device, name) {
  await device.shot(name);
  await assertAccessible(device.page, name);
}
