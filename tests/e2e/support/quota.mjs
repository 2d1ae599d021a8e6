// A device whose storage is full: the browser is told that the app may use no more than it does.

import { until } from "./until.mjs";

/** Chromium asks for what is left only so often, in milliseconds. */
const REMEMBERED = 30_000;

/** @param {import("./device.mjs").Device} device */
export async function fillStorage(device) {
  await quota(device, 1);
  const full = () => device.page.evaluate(refused);
  await until("the browser refuses to store more", full, { within: REMEMBERED + 15_000, every: 1_000 });
}

/** @param {import("./device.mjs").Device} device */
export async function freeStorage(device) {
  await quota(device, undefined);
}

async function quota(device, quotaSize) {
  const browser = await device.context.newCDPSession(device.page);
  await browser.send("Storage.overrideQuotaForOrigin", { origin: new URL(device.address).origin, quotaSize });
  device.quota = browser;
}

/** In the page: whether a database beside the app's gets no room. */
function refused() {
  return new Promise((tell) => {
    const opening = indexedDB.open("probe", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("probe");
    opening.onerror = () => tell(opening.error.name === "QuotaExceededError");
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction("probe", "readwrite");
      transaction.objectStore("probe").put(new Uint8Array(1_000), 1);
      const end = (answer) => {
        database.close();
        tell(answer);
      };
      transaction.oncomplete = () => end(false);
      transaction.onabort = () => end(transaction.error?.name === "QuotaExceededError");
    };
  });
}
