// A link made in a basement, answered by the client on a phone of their own, once; the manager hears of it and reads it with no
// network, the person whom it is about learns only what five answers come to.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { createClient, openClient } from "./support/steps/clients.mjs";
import { openTeam } from "./support/steps/people.mjs";
import { openReview } from "./support/steps/reviews.mjs";
import { answerSurvey, makeLink, shownLink } from "./support/steps/surveys.mjs";
import { TEAM, WORKSPACE, founder, members } from "./support/steps/team.mjs";

const WANG = "王帆";
const CLIENT = "龙井茶庄";
const WORDS = "说好上周送样品，一直没来。";
const OTHERS = ["狮峰茶行", "梅家坞茶社", "虎跑茶楼", "云栖茶舍"];

journey(
  "a survey answered from a clean browser",
  async (world) => {
    const director = await founder(world);
    await openTeam(director, TEAM);
    const [manager, wang] = await members(world, director, [
      { name: "罗亮", role: "team_manager", team: TEAM, options: { language: "en", theme: "dark" } },
      { name: WANG, team: TEAM },
    ]);
    for (const name of [CLIENT, ...OTHERS]) await createClient(wang, { name });
    await wang.received();

    // The link is there at once, and works once the relay has heard of it.
    await wang.readyForOffline();
    await wang.loseSignal();
    const link = await makeLink(wang, CLIENT);
    await wang.text("surveys.not_yet_open_body").waitFor();
    await look(wang, "survey-link-offline");
    await wang.page.reload();
    assert.equal(await shownLink(wang), link, "the link outlives the page");
    const client = await world.phone("client");
    await visit(client, link);
    await client.page.getByRole("heading", { name: "这个链接暂时打不开" }).waitFor();
    await look(client, "survey-too-early");
    await wang.findSignal();
    await wang.received({ within: 30_000 });
    await wang.page.getByText(wang.t("surveys.waiting"), { exact: true }).waitFor();
    await look(wang, "survey-link");

    await client.page.getByRole("link", { name: "再试一次" }).click();
    await client.page.getByRole("heading", { name: `您对${WANG}的服务满意吗？` }).waitFor();
    await client.page.getByText(WORKSPACE).first().waitFor();
    await look(client, "survey-form");
    await answerSurvey(client.page, {
      satisfaction: "不满意",
      points: [[/答应您的事/, "否"], [/准时/, "部分"]],
      words: WORDS,
    });
    await client.page.getByRole("heading", { name: "谢谢您" }).waitFor();
    await look(client, "survey-thanks");
    await client.page.reload();
    await client.page.getByRole("heading", { name: "谢谢您" }).waitFor();
    await visit(client, link);
    await client.page.getByRole("heading", { name: "已经回答过了" }).waitFor();
    await look(client, "survey-used");
    // Every answer that is no form has a status of its own, which the browser tells its console.
    client.watch.take();

    await inEnglish(world, wang);
    for (const name of OTHERS.slice(1)) {
      const other = await makeLink(wang, name);
      await wang.page.getByText(wang.t("surveys.waiting"), { exact: true }).waitFor();
      await visit(client, other);
      await answerSurvey(client.page, { satisfaction: "满意" });
      await client.page.getByRole("heading", { name: "谢谢您" }).waitFor();
    }

    await heard(manager);
    await hers(wang, manager);
    await looks(manager, director);
  },
  { timeout: 420_000 },
);

/** On an English phone at night, and on a wide screen. */
async function inEnglish(world, wang) {
  const link = await makeLink(wang, OTHERS[0]);
  await wang.page.getByText(wang.t("surveys.waiting"), { exact: true }).waitFor();
  const guest = await world.phone("guest", { language: "en", theme: "dark" });
  await visit(guest, link);
  await guest.page.getByRole("heading", { name: `How satisfied are you with ${WANG}?` }).waitFor();
  await look(guest, "survey-form-en-dark");
  await guest.page.setViewportSize({ width: 1280, height: 800 });
  await look(guest, "survey-form-wide");
  await guest.page.setViewportSize({ width: 390, height: 844 });
  // The switch, and nothing that was chosen is needed twice.
  await guest.page.getByRole("link", { name: "中文" }).click();
  await guest.page.getByRole("heading", { name: `您对${WANG}的服务满意吗？` }).waitFor();
  await guest.page.getByRole("link", { name: "English" }).click();
  await answerSurvey(guest.page, { satisfaction: "Very satisfied" });
  await guest.page.getByRole("heading", { name: "Thank you" }).waitFor();
}

/** The manager is told, loses the network, and reads the figure and the record behind it. */
async function heard(manager) {
  await manager.goTo("/");
  const row = manager.page.getByRole("list", { name: manager.t("surveys.low_replies") });
  await row.getByText(CLIENT).waitFor();
  await look(manager, "survey-today");
  await openReview(manager, WANG);
  await manager.page.getByText("76%").first().waitFor();
  await manager.readyForOffline();
  await manager.loseSignal();
  await manager.page.reload();
  await openReview(manager, WANG);
  const records = manager.page.getByRole("link").filter({ hasText: manager.t("reviews.satisfaction") });
  await records.filter({ hasText: manager.t("reviews.records_count", { count: 5 }) }).click();
  await manager.page.getByText("40/100").waitFor();
  await look(manager, "survey-records");
  await manager.page.getByRole("link").filter({ hasText: CLIENT }).click();
  await manager.page.locator("li[aria-current=true]").filter({ hasText: WORDS }).waitFor();
  await look(manager, "survey-feedback");
  await manager.page.getByText(manager.t("surveys.low"), { exact: true }).click();
  await manager.button("surveys.see_to").click();
  await manager.text("surveys.provisional").waitFor();
  await look(manager, "survey-seen-to");
  await manager.findSignal();
  await manager.received({ within: 30_000 });
  await manager.text("surveys.provisional").waitFor({ state: "detached" });
}

/** Her phone never holds what a single client has said. */
async function hers(wang, manager) {
  await openClient(wang, CLIENT);
  await wang.page.getByText(wang.t("surveys.answered"), { exact: true }).waitFor();
  await wang.page.getByText(wang.t("surveys.title"), { exact: true }).last().scrollIntoViewIfNeeded();
  await look(wang, "survey-client-file");
  const people = new URL(manager.page.url()).pathname;
  await wang.goTo(people);
  await wang.text("surveys.in_steps", { count: 5 }).waitFor();
  await wang.page.getByText("76%", { exact: true }).waitFor();
  await look(wang, "survey-hers");
  assert.equal((await held(wang.page, [WORDS, "说好上周"])).words.length, 0);
}

async function looks(manager, director) {
  const page = new URL(manager.page.url()).pathname;
  await director.goTo(page);
  await director.page.getByText(WORDS).waitFor();
  await look(director, "survey-feedback-desk");
  await director.goTo(page.replace("/surveys/about/", "/people/"));
  await director.page.getByRole("link").filter({ hasText: director.t("surveys.feedback") }).waitFor();
  await look(director, "survey-person-desk");
}

/** As a client does: whatever the relay answers, there is a page. */
async function visit(device, link) {
  await device.page.goto(link);
}

async function look(device, name) {
  await device.shot(name);
  await assertAccessible(device.page, name);
}
