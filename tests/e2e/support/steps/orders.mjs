// Orders: taken down, submitted, decided.

/**
 * Fills the open order form.
 * @param {import("../device.mjs").Device} device
 * @param {{ product: string, quantity: string, price: string, discount?: string }[]} lines
 */
export async function fillOrder(device, lines) {
  for (const [place, line] of lines.entries()) {
    for (const field of ["product", "quantity", "price", "discount"]) {
      if (line[field]) await device.field(`orders.${field}`).nth(place).fill(line[field]);
    }
  }
}

/** @param {import("../device.mjs").Device} device */
export async function submitOrder(device) {
  await device.button("orders.submit").click();
  await device.page.waitForURL(/\/orders\/\w{26}\/\w{26}$/);
  await standing(device, "submitted").waitFor();
}

/** The row of a client's order in the list. @param {import("../device.mjs").Device} device */
export async function openOrder(device, client) {
  await device.goTo("/orders");
  await device.page.getByRole("list", { name: device.t("orders.title") }).getByRole("link", { name: client }).first().click();
  await device.role("heading", "orders.lines").waitFor();
}

/** Where the open order stands. @param {import("../device.mjs").Device} device */
export function standing(device, state) {
  return device.page.getByRole("main").getByText(device.t(`orders.state_${state}`), { exact: true }).last();
}
