// Half an hour's work without signal on two phones, a relay that is stopped and started meanwhile, and everybody agrees
// in the end, field by field. Where two changed one field, both see both values, and one tap settles it.

import { journey } from "./support/journey.mjs";
import {
  changeClient,
  clientArrived,
  conflict,
  createClient,
  keep,
  logInteraction,
  openClient,
} from "./support/steps/clients.mjs";
import { share } from "./support/steps/ownership.mjs";
import { assertAgreed, exportEverything } from "./support/steps/storage.mjs";
import { createTask, finishTask } from "./support/steps/tasks.mjs";
import { team } from "./support/steps/team.mjs";
import { addPhoto, agreeNextStep, checkOut, dropIn, writeNote } from "./support/steps/visits.mjs";

const SHARED = "西湖茶叶行";

journey(
  "work offline on two phones, then agree",
  async (world) => {
    const { desk, phones } = await team(world, ["王帆", "谢璐"]);
    const [wang, xie] = phones;
    await createClient(wang, { name: SHARED, contact: "沈洁", phone: "13800001111", address: "龙井路 1 号", here: true });
    await share(wang, SHARED, "谢璐");
    await wang.received();
    await clientArrived(xie, SHARED);
    await clientArrived(desk, SHARED);

    for (const phone of phones) {
      await phone.readyForOffline();
      await phone.loseSignal();
    }
    await work(wang, { address: "龙井路 88 号", client: "灵隐素食馆", task: "送样品", picture: "caravan-512.png" });
    await work(xie, { address: "满觉陇路 7 号", client: "断桥文具店", task: "催收货款", picture: "caravan-192.png" });
    await world.relay.stop();
    await world.relay.startAgain();
    for (const phone of phones) await phone.findSignal();
    for (const phone of phones) await phone.received({ within: 30_000 });

    for (const device of [wang, xie, desk]) {
      await openClient(device, SHARED);
      const shown = conflict(device, "address");
      await shown.getByRole("button", { name: "龙井路 88 号" }).waitFor();
      await shown.getByRole("button", { name: "满觉陇路 7 号" }).waitFor();
      await device.shot(`conflict-${device.name}`);
    }
    await keep(wang, "address", "满觉陇路 7 号");
    await wang.received();
    for (const device of [xie, desk]) {
      await conflict(device, "address").waitFor({ state: "detached" });
    }

    for (const client of ["灵隐素食馆", "断桥文具店"]) await clientArrived(desk, client);
    await desk.received();
    const [first, second, third] = await Promise.all([wang, xie, desk].map(exportEverything));
    assertAgreed([first, second, third], SHARED);
    assertAgreed([first, third], "灵隐素食馆");
    assertAgreed([second, third], "断桥文具店");
  },
  { timeout: 240_000 },
);

/** @param {import("./support/device.mjs").Device} phone */
async function work(phone, { address, client, task, picture }) {
  await changeClient(phone, SHARED, { address });
  await logInteraction(phone, `${phone.name}：电话沟通。`);
  await createClient(phone, { name: client, contact: "老板", here: true });
  await dropIn(phone);
  await writeNote(phone, `${phone.name}：货架已满。`);
  await addPhoto(phone, picture);
  await agreeNextStep(phone, "下周送货");
  await checkOut(phone);
  await createTask(phone, `${task}（二）`);
  await createTask(phone, task);
  await finishTask(phone);
}
