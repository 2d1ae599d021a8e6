// What is typed into the search of clients is found before the engine has answered, and corrected when it says otherwise.

import { setTimeout as delay } from "node:timers/promises";

import { journey } from "./support/journey.mjs";
import { createClient } from "./support/steps/clients.mjs";
import { founder } from "./support/steps/team.mjs";

/** Until the interface holds the list that it searches. */
const PREPARED = 2_000;

journey("a search that does not wait for the engine", async (world) => {
  const desk = await founder(world);
  for (const name of ["西湖茶叶行", "灵隐素食馆", "断桥文具店"]) await createClient(desk, { name });
  await desk.goTo("/clients");
  const client = (name) => desk.page.getByRole("link", { name });
  const gone = (name) => client(name).waitFor({ state: "detached" });
  await client("断桥文具店").waitFor();
  const search = desk.field("clients.search");
  await search.focus();
  await delay(PREPARED);

  // The engine is out of earshot.
  await desk.page.evaluate(() => {
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = () => {};
    globalThis.listen = () => (Worker.prototype.postMessage = postMessage);
  });
  await search.pressSequentially("lyss");
  await client("灵隐素食馆").waitFor();
  await gone("西湖茶叶行");
  await search.fill("文具");
  await client("断桥文具店").waitFor();
  await gone("灵隐素食馆");
  await search.fill("");
  await client("西湖茶叶行").waitFor();

  // What came meanwhile is there as soon as it is asked again.
  const first = desk.page;
  desk.page = await desk.newTab("/clients");
  await createClient(desk, { name: "灵山书店" });
  desk.page = first;
  await first.evaluate(() => globalThis.listen());
  await search.fill("灵");
  await client("灵山书店").waitFor();
  await client("灵隐素食馆").waitFor();
  await gone("西湖茶叶行");
});
