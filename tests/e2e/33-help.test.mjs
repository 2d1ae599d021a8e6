// The guides are on the phone: with no signal, in both languages, one's own first; a word is found, and a section read.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { assertAccessible } from "./support/accessibility.mjs";
import { journey } from "./support/journey.mjs";
import { team } from "./support/steps/team.mjs";

journey("the guide with no signal", async (world) => {
  const { desk, phones } = await team(world, ["王帆"]);
  const [phone] = phones;
  await phone.readyForOffline();
  await phone.loseSignal();

  await phone.goTo("/me");
  await phone.link("help.title").click();
  await phone.page.getByRole("link", { name: (await titles("zh", "account-manager"))[0] }).waitFor();
  // One who is nothing but an account manager is not asked which guide.
  assert.equal(await phone.page.getByText(phone.t("help.manager"), { exact: true }).count(), 0);
  await phone.shot("help-phone-zh");
  await assertAccessible(phone.page, "the guide's contents");

  await phone.page.getByRole("searchbox").fill("手机丢");
  const lost = phone.page.getByRole("link", { name: "手机丢了" });
  await lost.waitFor();
  await phone.page.getByRole("link", { name: "今天：一天从这里开始" }).waitFor({ state: "detached" });
  await phone.shot("help-found-zh");
  await phone.page.getByRole("searchbox").fill("没有这样的词");
  await phone.text("help.none_match_body").waitFor();
  await phone.page.getByRole("searchbox").fill("移出");
  await lost.click();
  await phone.page.getByRole("heading", { level: 1, name: "手机丢了" }).waitFor();
  await phone.page.locator("mark", { hasText: "移出" }).first().waitFor();
  await phone.shot("help-section-zh");
  await assertAccessible(phone.page, "a section of the guide");

  // Back finds the contents as they were left.
  await phone.link("shell.back").click();
  await phone.heading("help.title").waitFor();
  assert.equal(await phone.page.getByRole("searchbox").inputValue(), "移出");

  // The same section in the other language.
  await phone.goTo("/me");
  await phone.page.getByText("English", { exact: true }).click();
  phone.speak("en");
  await phone.heading("shell.me").waitFor();
  const [, , , , , visit] = await titles("en", "account-manager");
  await phone.goTo("/help/account-manager/6");
  await phone.page.getByRole("heading", { level: 1, name: visit }).waitFor();
  await phone.shot("help-section-en");
  await phone.page.emulateMedia({ colorScheme: "dark" });
  await phone.goTo("/help");
  await phone.page.getByRole("link", { name: visit }).waitFor();
  await phone.shot("help-phone-en-dark");
  await assertAccessible(phone.page, "the guide's contents, dark");
  // An address that names a guide opens it, whoever asks; nothing in it is secret.
  await phone.goTo("/help/manager");
  await phone.page.getByRole("link", { name: "Who sees what" }).waitFor();

  await desk.goTo("/help");
  await desk.page.getByRole("link", { name: "谁能看到什么" }).waitFor();
  await desk.shot("help-desk");
  await desk.page.getByText(desk.t("help.account_manager"), { exact: true }).click();
  await desk.page.getByRole("link", { name: "五步完成一次拜访" }).click();
  await desk.page.getByRole("heading", { level: 1, name: "五步完成一次拜访" }).waitFor();
  await desk.shot("help-desk-section");
  await assertAccessible(desk.page, "the guide on a desk");
});

/** The titles of a guide's sections, as they are written. */
async function titles(language, guide) {
  const text = await readFile(new URL(`../../docs/guide/${language}/${guide}.md`, import.meta.url), "utf8");
  return [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
}
