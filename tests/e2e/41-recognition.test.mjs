// Recognition: a post from a suggestion in a place without signal, applause of two at once, the person reads it; a colleague
// says thanks, and what was withdrawn is gone from the wall.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { createClient } from "./support/steps/clients.mjs";
import { acceptGoal, openGoal, setGoal } from "./support/steps/goals.mjs";
import { founder, members, TEAM } from "./support/steps/team.mjs";
import { openTeam } from "./support/steps/people.mjs";

const WANG = "王帆";
const LI = "李敏";
const ZHAO = "赵楠";
const GOAL = "十一月开发一家新客户";
const WORDS = "Wang found a new client in the rain and wrote the file the same evening.";
const THANKS = "谢谢你替我跑了一趟龙井路。";

journey(
  "a post, applause and thanks",
  async (world) => {
    const director = await founder(world);
    await openTeam(director, TEAM);
    const [manager, wang, li, zhao] = await members(world, director, [
      { name: "罗亮", role: "team_manager", team: TEAM, options: { language: "en", theme: "dark" } },
      { name: WANG, team: TEAM },
      { name: LI, team: TEAM },
      { name: ZHAO, team: TEAM },
    ]);

    // A goal, agreed and reached.
    await setGoal(manager, { what: GOAL, target: 1, place: WANG, metric: "new-clients" });
    await manager.received();
    await openGoal(wang, GOAL);
    await acceptGoal(wang);
    await createClient(wang, { name: "龙井茶庄", contact: "沈洁", phone: "13800001111" });
    await wang.received();

    await wall(li);
    await li.text("recognition.none").waitFor();
    await look(li, "recognition-empty");

    await fromSuggestion(manager, wang);
    await applauded(li, zhao, manager);
    await read(wang, manager, li);
    await thanked(wang, li, manager);
    await ofPerson(manager, director, li);
  },
  { timeout: 420_000 },
);

/** The manager posts in the basement; the app dies over the form, and the words are there again. */
async function fromSuggestion(manager, wang) {
  await wall(manager);
  await manager.readyForOffline();
  await manager.loseSignal();
  await manager.link("recognition.new").click();
  const ideas = manager.page.getByRole("list", { name: manager.t("recognition.ideas") });
  await ideas.getByText(GOAL).waitFor();
  await look(manager, "recognition-ideas");
  await ideas.getByRole("link").filter({ hasText: GOAL }).click();
  const words = manager.field("recognition.words");
  await words.waitFor();
  const first = await words.inputValue();
  assert.ok(first.includes(WANG), "words to begin with");
  assert.ok(!first.includes(GOAL), "what a goal says is not for everybody");
  await words.fill(WORDS);
  await manager.page.waitForTimeout(600);
  await manager.page.reload();
  await manager.text("ui.draft_restored").waitFor();
  assert.equal(await words.inputValue(), WORDS);
  await look(manager, "recognition-form");
  await manager.button("recognition.send").click();
  await manager.page.getByText(WORDS).waitFor();
  await look(manager, "recognition-offline");
  assert.equal((await held(wang.page, [WORDS])).words.length, 0, "it has not left the phone");
  await manager.findSignal();
  await manager.received({ within: 30_000 });
  // It was said, and is not suggested again.
  await manager.link("recognition.new").click();
  await manager.field("recognition.words").waitFor();
  assert.equal(await ideas.count(), 0);
}

/** Two applaud at once, neither knowing of the other; both count. */
async function applauded(li, zhao, manager) {
  for (const device of [li, zhao]) {
    await wall(device);
    await device.page.getByText(WORDS).waitFor();
    await device.readyForOffline();
    await device.loseSignal();
    await device.button("recognition.applaud_named", { name: WANG }).click();
    await device.text("recognition.applause_of", { names: device === li ? LI : ZHAO }).waitFor();
  }
  await look(li, "recognition-applauded");
  for (const device of [li, zhao]) {
    await device.findSignal();
    await device.received({ within: 30_000 });
  }
  await wall(manager);
  const both = [LI, ZHAO].toSorted().join(manager.t("recognition.comma"));
  await manager.text("recognition.applause_of", { names: both }).waitFor();
  // Taken back by another tap, and given again.
  await zhao.button("recognition.applauds_named", { name: WANG }).click();
  await zhao.received();
  await manager.text("recognition.applause_of", { names: LI }).waitFor();
  await zhao.button("recognition.applaud_named", { name: WANG }).click();
  await zhao.received();
  await manager.text("recognition.applause_of", { names: both }).waitFor();
}

/** On Today until she has read it, and then no more. */
async function read(wang, manager, li) {
  await wang.goTo("/");
  const card = wang.page.getByRole("list", { name: wang.t("recognition.title") });
  await card.getByText(WORDS).waitFor();
  await card.scrollIntoViewIfNeeded();
  await look(wang, "recognition-today");
  await card.getByRole("link").click();
  await wang.page.getByText(WORDS).waitFor();
  assert.equal(await wang.button("recognition.applaud_named", { name: WANG }).count(), 0, "not for herself");
  await wang.received();
  await look(wang, "recognition-hers");
  await wang.goTo("/");
  await wang.heading("shell.today").waitFor();
  assert.equal(await wang.page.getByText(WORDS).count(), 0, "read is read");
  await li.goTo("/");
  await li.page.getByText(WORDS).waitFor();
}

/** A colleague has nothing to choose but thanks; what he withdraws is gone from the wall and stays with the manager. */
async function thanked(wang, li, manager) {
  await wall(li);
  await li.link("recognition.new").click();
  await li.field("recognition.person").selectOption({ label: WANG });
  await li.text("recognition.thanks_only").waitFor();
  await li.field("recognition.words").fill(THANKS);
  await look(li, "recognition-thanks");
  await li.button("recognition.send").click();
  await li.page.getByText(THANKS).waitFor();
  await li.received();
  await wall(wang);
  await wang.page.getByText(THANKS).waitFor();
  await wang.received();
  await look(wang, "recognition-wall");

  await li.button("recognition.withdraw").click();
  await li.field("recognition.reason").fill("写重了");
  await look(li, "recognition-withdraw");
  await li.page.getByRole("dialog").getByRole("button", { name: li.t("recognition.withdraw_send") }).click();
  await li.text("recognition.withdrawn_by", { name: LI }).waitFor();
  await li.received();
  await wang.page.getByText(THANKS).waitFor({ state: "detached" });
  await wall(manager);
  await manager.text("recognition.withdrawn_by", { name: LI }).waitFor();
  await look(manager, "recognition-withdrawn");
}

/** On their page, for interviews and grades: something to read. */
async function ofPerson(manager, director, li) {
  await manager.goTo("/people");
  await manager.page.getByRole("link").filter({ hasText: WANG }).first().click();
  const hers = manager.page.getByRole("link").filter({ hasText: WORDS });
  await hers.waitFor();
  await look(manager, "recognition-person");
  await hers.click();
  await manager.page.getByText(WORDS).waitFor();
  assert.equal(await manager.field("recognition.about_whom").locator("option:checked").textContent(), WANG);
  await look(manager, "recognition-of-person");

  // The director at a desk; and the wall is there without a signal.
  await wall(director);
  await director.page.getByText(WORDS).waitFor();
  await look(director, "recognition-desk");
  await director.goTo("/dashboard");
  await director.page.getByRole("link").filter({ hasText: director.t("recognition.wall_hint") }).waitFor();
  await wall(li);
  await li.loseSignal();
  await li.page.reload();
  await li.page.getByText(WORDS).waitFor();
  await li.findSignal();
}

async function wall(device) {
  await device.goTo("/recognition");
  await device.heading("recognition.title").waitFor();
}

async function look(device, name) {
  await device.shot(name);
  await assertAccessible(device.page, name);
}
