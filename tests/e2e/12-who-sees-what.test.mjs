// An account manager holds only their own and shared clients, a team manager the team's, a director all. Proved by every
// byte the phones store, not by what their screens show.

import assert from "node:assert/strict";

import { journey } from "./support/journey.mjs";
import { held } from "./support/database.mjs";
import { clientArrived, createClient } from "./support/steps/clients.mjs";
import { assign, share } from "./support/steps/ownership.mjs";
import { openTeam } from "./support/steps/people.mjs";
import { founder, members } from "./support/steps/team.mjs";

const EAST = "华东一组";
const SOUTH = "华南一组";
const CLIENTS = { wang: "西湖茶叶行", xie: "灵隐素食馆", cao: "珠江五金店" };

journey("who sees what", async (world) => {
  const director = await founder(world);
  await openTeam(director, EAST);
  await openTeam(director, SOUTH);
  const [manager, wang, xie, cao] = await members(world, director, [
    { name: "罗亮", role: "team_manager", team: EAST },
    { name: "王帆", team: EAST },
    { name: "谢璐", team: EAST },
    { name: "曹飞", team: SOUTH },
  ]);
  await createClient(wang, { name: CLIENTS.wang });
  await createClient(xie, { name: CLIENTS.xie });
  await createClient(cao, { name: CLIENTS.cao });
  for (const phone of [wang, xie, cao]) await phone.received();
  for (const client of Object.values(CLIENTS)) await clientArrived(director, client);
  for (const client of [CLIENTS.wang, CLIENTS.xie]) await clientArrived(manager, client);

  assert.deepEqual(await clientsOf(director), [CLIENTS.wang, CLIENTS.xie, CLIENTS.cao].sort());
  assert.deepEqual(await clientsOf(manager), [CLIENTS.wang, CLIENTS.xie].sort());
  assert.deepEqual(await clientsOf(wang), [CLIENTS.wang]);
  assert.deepEqual(await clientsOf(xie), [CLIENTS.xie]);
  assert.deepEqual(await clientsOf(cao), [CLIENTS.cao]);

  await share(wang, CLIENTS.wang, "曹飞");
  await wang.received();
  await clientArrived(cao, CLIENTS.wang);
  assert.deepEqual(await clientsOf(xie), [CLIENTS.xie]);

  await assign(director, CLIENTS.xie, "王帆");
  await clientArrived(wang, CLIENTS.xie);
  await xie.page.getByRole("link", { name: CLIENTS.xie }).waitFor({ state: "detached" });
  assert.deepEqual(await held(xie.page, [CLIENTS.xie]), { words: [], stores: [] });
});

async function clientsOf(device) {
  return (await held(device.page, Object.values(CLIENTS))).words;
}
