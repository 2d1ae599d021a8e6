// A founder and the people of one team, each with a device, all in one workspace.

import { found, join } from "./joining.mjs";
import { invite, openTeam } from "./people.mjs";

export const WORKSPACE = "杭州商队";
export const FOUNDER = "何总监";
export const TEAM = "华东一组";

/** @param {import("../journey.mjs").World} world */
export async function founder(world, options) {
  const desk = await world.desk("founder", options);
  await found(desk, await world.relay.foundingLink(), { workspace: WORKSPACE, name: FOUNDER });
  return desk;
}

/** Brings people into the founder's workspace, each on a phone. */
export async function members(world, desk, people) {
  const phones = [];
  for (const { options, ...person } of people) {
    const link = await invite(desk, person);
    const phone = await world.phone(person.name, options);
    await join(phone, link);
    phones.push(phone);
  }
  return phones;
}

/** A director, a manager who reads English in the dark, and two account managers of one team. */
export async function office(world) {
  const director = await founder(world);
  await openTeam(director, TEAM);
  const [manager, wang, li] = await members(world, director, [
    { name: "罗亮", role: "team_manager", team: TEAM, options: { language: "en", theme: "dark" } },
    { name: "王帆", team: TEAM },
    { name: "李敏", team: TEAM },
  ]);
  return { director, manager, wang, li };
}

export async function team(world, names) {
  const desk = await founder(world);
  await openTeam(desk, TEAM);
  const phones = await members(world, desk, names.map((name) => ({ name, team: TEAM })));
  return { desk, phones };
}
