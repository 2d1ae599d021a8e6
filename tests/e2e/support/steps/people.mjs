// Teams and invitations.

/** @param {import("../device.mjs").Device} device */
export async function openTeam(device, name) {
  await device.goTo("/teams");
  await device.button("people.new_team").click();
  await device.field("people.team_name").fill(name);
  await device.button("people.save").click();
  await device.page.getByRole("list", { name: device.t("people.teams") }).getByText(name).waitFor();
}

/**
 * Answers with the link, once the relay knows of it.
 * @param {import("../device.mjs").Device} device
 * @param {{ name: string, role?: string, team?: string }} who `role` as in the key `people.role_…`
 */
export async function invite(device, { name, role = "account_manager", team, employment }) {
  await device.goTo("/invite");
  await device.field("people.name").fill(name);
  const usual = device.field("people.role_account_manager");
  if (role !== "account_manager") await usual.uncheck();
  await device.field(`people.role_${role}`).check();
  if (team) await device.field("people.team").selectOption({ label: team });
  if (employment) await device.field("people.employment").selectOption({ label: device.t(`people.${employment}`) });
  await device.button("people.make_link").click();
  const link = device.page.getByText(/\/join#/);
  const text = await link.textContent();
  await device.received();
  return text;
}
