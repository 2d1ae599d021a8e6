// Two phones without a signal write one field of a task and of a visit: each sees both values and who wrote them, also in
// Today and in the list; one tap keeps one, and both agree. Whoever may not edit is asked nothing.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { journey } from "./support/journey.mjs";
import { clientArrived, createClient, openClient } from "./support/steps/clients.mjs";
import { createTask } from "./support/steps/tasks.mjs";
import { office } from "./support/steps/team.mjs";

const CLIENT = "断桥文具店";
const TASK = "给断桥文具店送样品";
const HERS = "带三盒龙井，一盒红茶。";
const HIS = "只带两盒龙井，先问价格。";
const PURPOSES = ["谈续约", "收第三季度货款"];

journey(
  "both values wherever two people wrote",
  async (world) => {
    const { manager, wang, li } = await office(world);

    await createClient(wang, { name: CLIENT, contact: "沈洁", phone: "13800001111" });
    await wang.link("clients.visit").click();
    await wang.field("visits.purpose").fill("送样品");
    await wang.button("visits.plan").click();
    await wang.button("visits.more").waitFor();
    const visit = here(wang);
    await createTask(wang, TASK);
    const task = here(wang);
    await wang.received();
    await clientArrived(manager, CLIENT);
    await manager.goTo(task);
    await heading(manager, TASK).waitFor();

    for (const device of [wang, manager]) {
      await device.readyForOffline();
      await device.loseSignal();
    }
    await rewrite(wang, task, { detail: HERS, progress: "50%" });
    await rewrite(manager, task, { detail: HIS, progress: "75%" });
    await replan(wang, visit, PURPOSES[0]);
    await replan(manager, visit, PURPOSES[1]);
    for (const device of [wang, manager]) await device.findSignal();
    for (const device of [wang, manager]) await device.received({ within: 30_000 });

    for (const device of [wang, manager]) {
      await device.goTo(task);
      await both(device, "tasks.detail", [HERS, HIS]);
      await both(device, "tasks.progress", ["50%", "75%"]);
      await look(device, "both-task");
    }
    await assertAccessible(manager.page, "a task with two values");

    // Today and the list lead there.
    await manager.goTo("/");
    const told = manager.page.getByRole("link", { name: TASK }).filter({ hasText: manager.t("today.conflict") });
    await told.waitFor();
    await look(manager, "both-today");
    await wang.goTo("/work");
    const listed = wang.page.getByRole("link", { name: TASK }).filter({ hasText: wang.t("ui.contested") });
    await listed.waitFor();
    await look(wang, "both-list");

    // One tap, without a signal.
    await wang.loseSignal();
    await listed.click();
    await pick(wang, "tasks.detail", HIS);
    await pick(wang, "tasks.progress", "50%");
    await wang.page.getByText(HIS).first().waitFor();
    await wang.findSignal();
    await wang.received({ within: 30_000 });
    await manager.goTo(task);
    await manager.page.getByText(HIS).first().waitFor();
    await region(manager, "tasks.detail").waitFor({ state: "detached" });
    await manager.page.getByText(HERS).first().waitFor({ state: "detached" });

    // The visit shows its own, and so does the client's file.
    await openClient(manager, CLIENT);
    await both(manager, "visits.purpose", PURPOSES);
    await manager.goTo(visit);
    await both(manager, "visits.purpose", PURPOSES);
    await look(manager, "both-visit");
    await pick(manager, "visits.purpose", PURPOSES[0]);
    await manager.received();
    await wang.goTo(visit);
    await wang.page.getByText(PURPOSES[0], { exact: true }).first().waitFor();
    await region(wang, "visits.purpose").waitFor({ state: "detached" });

    // A colleague who may not edit them is asked nothing.
    await li.goTo("/");
    await li.heading("shell.today").waitFor();
    assert.equal(await li.text("today.conflict").count(), 0);
  },
  { timeout: 300_000 },
);

function here(device) {
  return new URL(device.page.url()).pathname;
}

function heading(device, name) {
  return device.page.getByRole("heading", { name, level: 1 });
}

async function rewrite(device, task, { detail, progress }) {
  await device.goTo(task);
  await device.page.getByText(progress, { exact: true }).click();
  await device.button("tasks.more").click();
  await device.link("tasks.edit").click();
  await device.heading("tasks.edit").waitFor();
  await device.field("tasks.detail").fill(detail);
  await device.button("tasks.save").click();
  await device.page.getByText(detail).waitFor();
}

async function replan(device, visit, purpose) {
  await device.goTo(`${visit}/edit`);
  await device.field("visits.purpose").fill(purpose);
  await device.button("visits.save").click();
  await device.page.getByText(purpose, { exact: true }).waitFor();
}

/** Where people disagree on this field. */
function region(device, field) {
  return device.role("region", field);
}

/** Both values of a field, each with who wrote it. */
async function both(device, field, values) {
  const writers = ["王帆", "罗亮"];
  for (const [place, value] of values.entries()) {
    const button = region(device, field).getByRole("button", { name: value });
    await button.filter({ hasText: writers[place] }).waitFor();
  }
}

async function pick(device, field, value) {
  await region(device, field).getByRole("button", { name: value }).click();
  await region(device, field).waitFor({ state: "detached" });
}

async function look(device, name) {
  await device.page.waitForTimeout(300);
  await device.shot(`${name}-${device.language}`);
}
