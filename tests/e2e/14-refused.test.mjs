// Somebody loses a client while they write about it with no signal. The client leaves their phone; their words do not.

import assert from "node:assert/strict";

import { journey } from "./support/journey.mjs";
import { held } from "./support/database.mjs";
import { changeClient, clientArrived, createClient } from "./support/steps/clients.mjs";
import { assign } from "./support/steps/ownership.mjs";
import { FOUNDER, founder, members } from "./support/steps/team.mjs";

const NAME = "西湖茶叶行";
const TYPED = { address: "杭州市北山街 84 号", note: "老板娘只在周三下午有空" };

journey("what was refused", async (world) => {
  const director = await founder(world);
  const [wang] = await members(world, director, [{ name: "王帆" }]);
  await createClient(wang, { name: NAME });
  await wang.received();
  await clientArrived(director, NAME);

  await wang.loseSignal();
  await changeClient(wang, NAME, TYPED);
  await assign(director, NAME, FOUNDER);
  await director.received();
  await wang.findSignal();

  await wang.goTo("/sync");
  const refused = wang.page.getByRole("list", { name: wang.t("sync.attention") });
  await refused.waitFor();
  for (const words of Object.values(TYPED)) await refused.getByText(words).waitFor();
  await wang.shot("refused");
  await wang.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await wang.button("sync.copy").click();
  await wang.text("ui.copied").first().waitFor();
  const copied = await wang.page.evaluate(() => navigator.clipboard.readText());
  for (const words of Object.values(TYPED)) assert.ok(copied.includes(words), copied);
  assert.equal(await wang.button("sync.again").count(), 0, "the client is somebody else's");

  await wang.button("sync.dismiss").click();
  await refused.waitFor({ state: "detached" });
  assert.deepEqual(await held(wang.page, Object.values(TYPED)), { words: [], stores: [] });
});
