// Dashboards: numbers of a month, and what is compared.

/** A number of the month. @param {import("../device.mjs").Device} device */
export function figure(device, name, value) {
  const figures = device.page.getByRole("region", { name: device.t("dashboard.figures") });
  return figures.getByRole("link", { name: `${device.t(`dashboard.${name}`)} ${value}`, exact: true });
}

/** Somebody's row of what is compared. @param {import("../device.mjs").Device} device */
export function part(device, of, name) {
  return device.page.getByRole("table", { name: device.t(`dashboard.${of}`) }).getByRole("row", { name });
}
