// The list of 10,000 clients comes in with no network, exactly as its manifest says, and a second time changes nothing.

import assert from "node:assert/strict";

import { manifest } from "./support/data.mjs";
import { journey } from "./support/journey.mjs";
import { errorRows, figure, importAll, openList } from "./support/steps/files.mjs";
import { founder } from "./support/steps/team.mjs";

journey(
  "import 10,000 clients offline",
  async (world) => {
    const { rows, malformed, duplicates_of: duplicates } = await manifest();
    const valid = rows - malformed.length;
    const phone = await founder(world);
    await phone.readyForOffline();
    await world.relay.stop();

    await openList(phone);
    await phone.shot("import-found");
    assert.equal(await figure(phone, "import.with_errors"), malformed.length);
    assert.equal(await figure(phone, "import.doubled"), duplicates.length);
    assert.equal(await figure(phone, "import.ready"), valid - duplicates.length);
    assert.deepEqual(await errorRows(phone), malformed.map(([row]) => row).sort((one, other) => one - other));
    await importAll(phone);
    assert.equal(await figure(phone, "import.imported"), valid);
    await phone.goTo("/clients");
    await count(phone, valid).waitFor();
    const rendered = await phone.page.getByRole("listitem").count();
    assert.ok(rendered < 100, `${rendered} rows are rendered for one screen`);
    await phone.field("clients.search").fill("hzyqkj");
    await phone.shot("import-searched");

    await openList(phone);
    assert.equal(await figure(phone, "import.here"), valid);
    assert.equal(await figure(phone, "import.ready"), 0);
    await phone.button("import.nothing").waitFor();
  },
  { timeout: 240_000 },
);

/** @param {import("./support/device.mjs").Device} device */
function count(device, clients) {
  const shown = device.t("clients.count", { count: clients });
  const grouped = device.t("clients.count", { count: clients.toLocaleString("en") });
  return device.page.getByText(shown, { exact: true }).or(device.page.getByText(grouped, { exact: true }));
}
