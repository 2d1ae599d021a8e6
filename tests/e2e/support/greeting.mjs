// The moment between the engine's greeting and its rows, held for as long as a test wants to look at it.

import { until } from "./until.mjs";

/** Waits until the device has kept what its first screens say. @param {import("./device.mjs").Device} device */
export async function firstScreensKept(device) {
  await until(`${device.name} keeps its first screens`, () => device.page.evaluate(countGlimpses));
}

async function countGlimpses() {
  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await settled(indexedDB.open("caravan"));
  const count = await settled(database.transaction("glimpse").objectStore("glimpse").count());
  database.close();
  return count;
}

/** From the next page on, pages hear nothing of their engine after its greeting, until {@link release}. */
export async function holdAfterGreeting(device) {
  await device.context.addInitScript(() => {
    const held = [];
    let greeted = false;
    let released = false;
    globalThis.release = () => {
      released = true;
      for (const { worker, data } of held) worker.dispatchEvent(new MessageEvent("message", { data }));
    };
    globalThis.Worker = class extends Worker {
      constructor(...how) {
        super(...how);
        // The first of this worker's listeners, so that the others hear only what it lets pass.
        this.addEventListener("message", (event) => {
          // What early.js repeats has passed here before.
          if (released || !event.isTrusted) return;
          if (!greeted) return void (greeted = true);
          event.stopImmediatePropagation();
          held.push({ worker: this, data: event.data });
        });
      }
    };
  });
}

export const release = ({ page }) => page.evaluate(() => globalThis.release());
