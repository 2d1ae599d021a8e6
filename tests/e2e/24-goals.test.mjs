// A goal comes down from the company to one person, is countered without a network, agreed by both, and moves by itself
// when she makes a visit.

import { assertAccessible } from "./support/accessibility.mjs";
import { journey } from "./support/journey.mjs";
import { createClient } from "./support/steps/clients.mjs";
import { acceptGoal, board, changeGoal, openGoal, setGoal, stands } from "./support/steps/goals.mjs";
import { openTeam } from "./support/steps/people.mjs";
import { TEAM, founder, members } from "./support/steps/team.mjs";
import { dropIn } from "./support/steps/visits.mjs";

const OURS = "全公司十一月拜访老客户";
const THEIRS = "华东跑遍西湖商圈";
const HERS = "王帆跑遍龙井路";

journey(
  "a goal from the company to one person",
  async (world) => {
    const desk = await founder(world);
    await openTeam(desk, TEAM);
    const [manager, wang] = await members(world, desk, [
      { name: "罗亮", role: "team_manager", team: TEAM, options: { language: "en", theme: "dark" } },
      { name: "王帆", team: TEAM },
    ]);

    await setGoal(desk, { place: desk.t("goals.company"), what: OURS, target: 30 });
    await desk.received();
    await openGoal(manager, OURS);
    await setGoal(manager, { place: TEAM, what: THEIRS, target: 20, parent: OURS });
    await manager.received();
    await openGoal(desk, THEIRS);
    await acceptGoal(desk);
    await desk.text("goals.in_force").waitFor();
    await desk.received();

    await manager.readyForOffline();
    await manager.loseSignal();
    await setGoal(manager, { place: "王帆", what: HERS, target: 12, parent: THEIRS });
    await manager.findSignal();
    await manager.received({ within: 30_000 });

    await wang.goTo("/");
    await board(wang).getByText(wang.t("goals.awaits_you")).waitFor();
    await wang.shot("goals-today");
    await wang.readyForOffline();
    await wang.loseSignal();
    await openGoal(wang, HERS);
    await look(wang, "goal-proposed");
    await changeGoal(wang, HERS, { target: 8, reason: "龙井路只有八家" });
    await wang.text("goals.awaits", { names: "何总监 · 罗亮" }).waitFor();
    await wang.findSignal();
    await wang.received({ within: 30_000 });

    await openGoal(manager, HERS);
    await manager.text("goals.proposal", { target: 8 }).waitFor();
    await look(manager, "goal-countered");
    await acceptGoal(manager);
    await manager.received();

    await createClient(wang, { name: "龙井茶庄", here: true });
    await dropIn(wang);
    await openGoal(wang, HERS);
    await stands(wang, 1, 8);
    await wang.text("goals.in_force").waitFor();
    await look(wang, "goal-hers");
    await wang.page.getByRole("link", { name: wang.t("goals.actual_of", { actual: 1, target: 8 }), exact: true }).click();
    await wang.page.getByRole("list", { name: wang.t("goals.records") }).getByText("龙井茶庄").waitFor();
    await look(wang, "goal-records");
    await wang.received();

    for (const device of [manager, desk]) {
      await openGoal(device, THEIRS);
      await stands(device, 1, 20);
      await device.text("goals.short", { sum: 8, by: 12 }).waitFor();
      await look(device, "goal-team");
    }
    await openGoal(wang, THEIRS);
    await wang.text("goals.people_seen_of", { seen: 1, of: 2 }).waitFor();
    await look(wang, "goal-seen-in-part");
    await look(desk, "board", "/goals");
    await look(manager, "board", "/goals");
    await look(wang, "form", "/goals/new");
    await look(manager, "form", "/goals/new");
  },
  { timeout: 300_000 },
);

async function look(device, name, path) {
  if (path) {
    await device.goTo(path);
    await device.page.getByRole("heading", { level: 1 }).first().waitFor();
  }
  await device.shot(`${name}-${device.name}`);
  await assertAccessible(device.page, `${name} of ${device.name}`);
}
