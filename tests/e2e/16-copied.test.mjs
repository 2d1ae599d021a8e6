// A profile on two machines. Whoever of them writes first is the device; the other is told, keeps what it wrote, and
// goes on as a device of its own once its person has signed in again.

import { journey } from "./support/journey.mjs";
import { changeClient, clientArrived, createClient, openClient } from "./support/steps/clients.mjs";
import { PASSWORD } from "./support/steps/joining.mjs";
import { FOUNDER, founder } from "./support/steps/team.mjs";

journey("a copied device", async (world) => {
  const desk = await founder(world);
  await createClient(desk, { name: "西湖茶叶行" });
  await desk.received();
  await desk.close();
  const copy = await world.copy(desk, "copy");
  await desk.open();
  await createClient(desk, { name: "灵隐素食馆" });
  await desk.received();

  await createClient(copy, { name: "断桥文具店", phone: "13800001111" });
  await changeClient(copy, "断桥文具店", { address: "龙井路 88 号" });
  await copy.text("shell.copied").waitFor();
  await copy.shot("copied");
  await copy.link("shell.sign_in_again").click();
  await copy.field("join.person").fill(FOUNDER);
  await copy.field("join.password").fill(PASSWORD);
  await copy.button("join.sign_in").click();
  await copy.arrived();
  await copy.text("shell.copied").waitFor({ state: "detached" });

  await copy.goTo("/sync");
  await copy.shot("copied-sync");
  await copy.button("sync.all_again").click();
  await copy.received();
  await openClient(copy, "断桥文具店");
  await copy.page.getByText("龙井路 88 号").first().waitFor();
  await clientArrived(desk, "断桥文具店");
  await clientArrived(copy, "灵隐素食馆");
});
