// The browser has lost the session: its person cleared the cookies, or it was killed before it wrote them down. The
// device still has its key, so it is given another, and nobody notices.

import { journey } from "./support/journey.mjs";
import { createClient } from "./support/steps/clients.mjs";
import { founder } from "./support/steps/team.mjs";

journey("a lost cookie", async (world) => {
  const desk = await founder(world);
  await createClient(desk, { name: "西湖茶叶行" });
  await desk.received();
  await desk.context.clearCookies();
  await desk.goTo("/");
  await createClient(desk, { name: "灵隐素食馆" });
  await desk.received();
});
