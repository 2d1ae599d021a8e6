// Coming into a workspace.

export const PASSWORD = "correct horse battery";

/** The first administrator founds the workspace. @param {import("../device.mjs").Device} device */
export async function found(device, link, { workspace, name }) {
  await device.page.goto(link);
  await device.field("join.workspace_name").fill(workspace);
  await device.field("join.your_name").fill(name);
  await device.field("join.password").fill(PASSWORD);
  await device.button("join.found").click();
  await device.arrived();
}

/** Somebody opens their invitation; the name comes with it. @param {import("../device.mjs").Device} device */
export async function join(device, link) {
  await device.page.goto(link);
  await device.field("join.password").fill(PASSWORD);
  await device.button("join.join").click();
  await device.arrived();
}
