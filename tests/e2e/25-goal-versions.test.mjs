// Two adjust one goal at once, neither with a network: nothing is lost, both versions are shown, one tap settles it and the
// other side signs.

import { assertAccessible } from "./support/accessibility.mjs";
import { journey } from "./support/journey.mjs";
import { acceptGoal, changeGoal, openGoal, setGoal, stands } from "./support/steps/goals.mjs";
import { openTeam } from "./support/steps/people.mjs";
import { TEAM, founder, members } from "./support/steps/team.mjs";

const HERS = "王帆跑遍龙井路";

journey("two versions of one goal", async (world) => {
  const desk = await founder(world);
  await openTeam(desk, TEAM);
  const [wang] = await members(world, desk, [{ name: "王帆", team: TEAM }]);
  await setGoal(desk, { place: "王帆", what: HERS, target: 12 });
  await desk.received();
  await openGoal(wang, HERS);
  await acceptGoal(wang);
  await wang.received();
  await openGoal(desk, HERS);
  await desk.text("goals.in_force").waitFor();

  for (const device of [desk, wang]) {
    await device.readyForOffline();
    await device.loseSignal();
  }
  await changeGoal(wang, HERS, { target: 8, reason: "客户少了" });
  await changeGoal(desk, HERS, { target: 15, reason: "旺季来了" });
  for (const device of [desk, wang]) await device.findSignal();
  for (const device of [desk, wang]) await device.received({ within: 30_000 });

  for (const device of [desk, wang]) {
    for (const target of [8, 15]) await device.button("goals.keep_this", { target }).waitFor();
    await device.shot(`goal-two-versions-${device.name}`);
    await assertAccessible(device.page, `two versions of ${device.name}`);
  }
  await desk.button("goals.keep_this", { target: 8 }).click();
  await desk.heading("goals.two_versions").waitFor({ state: "detached" });
  await desk.received();
  await wang.button("goals.accept").waitFor();
  await acceptGoal(wang);
  await stands(wang, 0, 8);
  await wang.received();
  await stands(desk, 0, 8);
});
