// Clients change hands: some of them while their owner is in a basement, then all of them as the owner leaves. Whoever gets
// them reads what came with them; what the relay cannot take leaves nothing behind and is chosen again.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { clientArrived, createClient, logInteraction, openClient } from "./support/steps/clients.mjs";
import { because, came, choose, give, openHandover, openPerson } from "./support/steps/handovers.mjs";
import { assign } from "./support/steps/ownership.mjs";
import { openTeam } from "./support/steps/people.mjs";
import { createTask } from "./support/steps/tasks.mjs";
import { FOUNDER, TEAM, founder, members } from "./support/steps/team.mjs";

const WANG = "王帆";
const LI = "李敏";
const NOTE = "老客户，周一上午别去打扰";
const LATE = "老板娘说下周三再来拿样";

journey(
  "handing clients over",
  async (world) => {
    const director = await founder(world);
    await openTeam(director, TEAM);
    const [manager, wang, li] = await members(world, director, [
      { name: "罗亮", role: "team_manager", team: TEAM, options: { language: "en", theme: "dark" } },
      { name: WANG, team: TEAM },
      { name: LI, team: TEAM },
    ]);
    await createClient(wang, { name: "龙井茶庄", contact: "沈洁", phone: "13800001111" });
    await logInteraction(wang, "答应月底送两款新茶的样品");
    await createClient(wang, { name: "虎跑泉茶馆" });
    await createClient(wang, { name: "灵隐素食馆" });
    await createTask(wang, "整理季度名片");
    await wang.received();
    await createClient(li, { name: "断桥文具店" });
    await li.received();

    await someWhileAway(manager, wang, li);
    await allAndLeave(director, wang, li);
    await readAndSaySo(director, li);
    await takenMeanwhile(director, manager);
  },
  { timeout: 420_000 },
);

/** One client to another region; its owner hears of it later, and what they had written arrives all the same. */
async function someWhileAway(manager, wang, li) {
  await openClient(wang, "虎跑泉茶馆");
  await wang.readyForOffline();
  await wang.loseSignal();
  await logInteraction(wang, LATE);

  for (const client of ["虎跑泉茶馆", "龙井茶庄", "灵隐素食馆"]) await clientArrived(manager, client);
  await openHandover(manager, WANG);
  await look(manager, "handover-empty");
  await because(manager, "region");
  await give(manager, "虎跑泉茶馆", LI);
  await manager.field("handovers.note").fill(NOTE);
  await look(manager, "handover-some");
  await manager.button("handovers.give").click();
  await manager.text("handovers.said").waitFor();
  await manager.received();

  await clientArrived(li, "虎跑泉茶馆");
  await wang.findSignal();
  await wang.received({ within: 30_000 });
  assert.deepEqual((await held(wang.page, ["虎跑泉茶馆"])).words, [], "it is not wang's any more");
  await openClient(li, "虎跑泉茶馆");
  await li.page.getByText(LATE).waitFor({ timeout: 30_000 });
  await look(li, "handover-client");
}

/** The director deactivates wang without a network; the form survives that the app is closed in the middle. */
async function allAndLeave(director, wang, li) {
  for (const client of ["龙井茶庄", "灵隐素食馆"]) await clientArrived(director, client);
  await openPerson(director, WANG);
  await director.readyForOffline();
  await director.loseSignal();
  await director.button("people.deactivate").click();
  await director.heading("handovers.title_of", { name: WANG }).waitFor();
  await director.text("handovers.missing", { count: 2 }).waitFor();
  await director.button("handovers.as_suggested").click();
  await give(director, "龙井茶庄", LI);
  await director.field("handovers.note").fill(NOTE);
  await director.page.waitForTimeout(600);
  await director.page.reload();
  await director.text("ui.draft_restored").waitFor();
  await give(director, "灵隐素食馆", LI);
  await choose(director.field("handovers.other_tasks"), LI);
  await look(director, "handover-leaving");
  await director.button("handovers.give").click();
  const sure = director.page.getByRole("dialog");
  await sure.getByText(director.t("handovers.leave_body")).waitFor();
  await look(director, "handover-sure");
  await sure.getByRole("button", { name: director.t("handovers.leave_verb") }).click();
  await director.text("people.deactivated").first().waitFor();
  await look(director, "handover-provisional");
  await director.findSignal();
  await director.received({ within: 30_000 });

  await wang.heading("join.removed").first().waitFor({ timeout: 30_000 });
  assert.deepEqual((await held(wang.page, ["龙井茶庄", WANG])).words, []);
  await li.goTo("/tasks");
  await li.page.getByText("整理季度名片").first().waitFor();
}

/** The first thing on Today, read and confirmed in the basement. */
async function readAndSaySo(director, li) {
  await li.goTo("/");
  await li.page.getByText(li.t("handovers.came_count", { count: 3 })).click();
  await came(li).getByText("龙井茶庄").waitFor();
  await look(li, "capsules");
  await li.readyForOffline();
  await li.loseSignal();
  await came(li).getByText("龙井茶庄").click();
  await li.page.getByText(NOTE).waitFor();
  await li.page.getByText("答应月底送两款新茶的样品").waitFor();
  await li.page.getByText("沈洁").waitFor();
  await look(li, "capsule");
  await li.button("handovers.read").click();
  await li.link("handovers.open_client").waitFor();
  await look(li, "capsule-read");
  const pdf = await li.page.pdf({ preferCSSPageSize: true });
  assert.match(pdf.toString("latin1"), /\/MediaBox \[0 0 59\d(\.\d+)? 84\d(\.\d+)?\]/, "A4");
  await li.findSignal();
  await li.received({ within: 30_000 });
  await li.goTo("/");
  await li.page.getByText(li.t("handovers.came_count", { count: 2 })).waitFor();
  await openClient(director, "龙井茶庄");
  await director.text("handovers.was_read").waitFor();
}

/** Offline, the manager takes two of li's clients; one of them is the director's by the time the relay hears of it. */
async function takenMeanwhile(director, manager) {
  for (const client of ["灵隐素食馆", "断桥文具店"]) await clientArrived(manager, client);
  await openHandover(manager, LI);
  await manager.readyForOffline();
  await manager.loseSignal();
  await give(manager, "灵隐素食馆", "罗亮");
  await give(manager, "断桥文具店", "罗亮");
  await manager.button("handovers.give").click();
  await manager.text("handovers.said").waitFor();
  await manager.link("handovers.title").click();
  await manager.text("handovers.waits").waitFor();
  await assign(director, "灵隐素食馆", FOUNDER);
  await director.received();
  await manager.findSignal();
  await manager.text("handovers.refused").waitFor({ timeout: 30_000 });
  await manager.button("handovers.again").click();
  await manager.text("handovers.gone", { count: 1 }).waitFor();
  await look(manager, "handover-refused");
  await manager.button("handovers.give").click();
  await manager.text("handovers.said").waitFor();
  await manager.goTo("/sync");
  await manager.text("errors.changed_hands").first().waitFor();
  const told = manager.page.getByRole("list", { name: manager.t("sync.attention") }).locator("> li");
  assert.equal(await told.count(), 1, "one line for what was refused as one");
  await look(manager, "handover-attention");
  await openClient(manager, "断桥文具店");
  await manager.page.locator("dd").getByText("罗亮").waitFor();
}

async function look(device, name) {
  await device.shot(name);
  await assertAccessible(device.page, name);
}
