// Tasks: set and done.

/** @param {import("../device.mjs").Device} device */
export async function createTask(device, title) {
  await device.goTo("/tasks/new");
  await device.field("tasks.name").fill(title);
  await device.button("tasks.save").click();
  await device.page.getByRole("heading", { name: title, level: 1 }).waitFor();
}

/** The open task. @param {import("../device.mjs").Device} device */
export async function finishTask(device) {
  await device.button("tasks.finish").click();
  await device.button("tasks.reopen").waitFor();
}
