// Two workspaces on one relay see nothing of each other.

import assert from "node:assert/strict";

import { journey } from "./support/journey.mjs";
import { held } from "./support/database.mjs";
import { createClient } from "./support/steps/clients.mjs";
import { found } from "./support/steps/joining.mjs";
import { founder, FOUNDER, WORKSPACE } from "./support/steps/team.mjs";

journey("two workspaces on one relay", async (world) => {
  const here = await founder(world);
  await createClient(here, { name: "西湖茶叶行" });
  await here.received();

  const there = await world.desk("there");
  const link = await world.relay.anotherFoundingLink("invite-admin");
  await found(there, link, { workspace: "苏州驿站", name: "贺经理" });
  await createClient(there, { name: "拙政园书店" });
  await there.received();

  await here.page.reload();
  await here.received();
  const words = ["西湖茶叶行", FOUNDER, WORKSPACE, "拙政园书店", "贺经理", "苏州驿站"];
  assert.deepEqual((await held(here.page, words)).words, ["西湖茶叶行", FOUNDER, WORKSPACE].sort());
  assert.deepEqual((await held(there.page, words)).words, ["拙政园书店", "苏州驿站", "贺经理"].sort());
});
