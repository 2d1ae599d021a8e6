/** A client as an import makes one: the same fields as the `client` documents of the relay's own benchmark. */
export function clientDocument(row) {
  const number = String(row).padStart(6, "0");
  return {
    profile: {
      name: `Client ${number} Trading Co., Ltd.`,
      code: `91330106MA2${number}X`,
      grade: "ABCD"[row % 4],
      stage: "customer",
      region: "浙江省杭州市西湖区",
      address: `文三路 ${row} 号`,
      source: "import",
    },
    tags: { imported: true },
    contacts: { [`c${number}`]: { name: `Contact ${number}`, phones: { p0: `138${String(row).padStart(8, "0")}` } } },
    note: "",
  };
}
