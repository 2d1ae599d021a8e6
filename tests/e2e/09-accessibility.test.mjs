// Every screen, on a phone and on a desk, light and dark: axe finds nothing serious.

import { assertAccessible } from "./support/accessibility.mjs";
import { journey } from "./support/journey.mjs";
import { createClient, logInteraction, openClient } from "./support/steps/clients.mjs";
import { invite } from "./support/steps/people.mjs";
import { join } from "./support/steps/joining.mjs";
import { founder } from "./support/steps/team.mjs";

const SCREENS = [
  "/",
  "/clients",
  "/clients/new",
  "/visits",
  "/visits/new",
  "/tasks/new",
  "/work",
  "/work/load",
  "/work/many",
  "/work/kinds",
  "/goals",
  "/goals/new",
  "/orders",
  "/orders/new",
  "/reviews",
  "/reviews/plans",
  "/reviews/plans/sales",
  "/reviews/calibration",
  "/people",
  "/invite",
  "/teams",
  "/import",
  "/export",
  "/help",
  "/help/manager/1",
  "/me",
  "/sync",
  "/storage",
  "/nowhere",
];

// Two devices, all screens, light and dark: by far the most pages of any journey.
journey("every screen is accessible", everyScreen, { timeout: 480_000 });

async function everyScreen(world) {
  const desk = await founder(world);
  await createClient(desk, { name: "西湖茶叶行", contact: "沈洁", phone: "13800001111", here: true });
  await logInteraction(desk, "电话沟通，下周送样。");
  const client = new URL(desk.page.url()).pathname;
  const phone = await world.phone("wang");
  await join(phone, await invite(desk, { name: "王帆", role: "director" }));
  await openClient(phone, "西湖茶叶行");

  for (const device of [phone, desk]) {
    for (const path of [...SCREENS, client, `${client}/edit`]) {
      await device.goTo(path);
      await device.page.getByRole("heading", { level: 1 }).first().waitFor();
      for (const colorScheme of ["light", "dark"]) {
        await device.page.emulateMedia({ colorScheme });
        await device.page.evaluate(untilColoursStand);
        const where = `${path.replace(client, "/client")} ${device.name} ${colorScheme}`;
        await device.shot(`screen ${where}`.replaceAll(/[ /]+/g, "-"));
        await assertAccessible(device.page, where);
      }
    }
  }
}

/** Colours change over some tenths of a second: half way between two themes nobody can read anything. */
function untilColoursStand() {
  const passing = document.getAnimations().filter((it) => it.effect.getTiming().iterations !== Infinity);
  return Promise.allSettled(passing.map((it) => it.finished)).then(() => undefined);
}
