// A processor that is n times slower, for a whole browser. DevTools can slow a page's main thread only, and Caravan's work
// is done in a worker; so every process of the browser is stopped and continued in a fine beat, and runs for one part in n.

import { once } from "node:events";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

/** How long it runs each time, in milliseconds: well below a frame. */
const BEAT = 2;

/**
 * Returns what ends the slowdown, once it has begun.
 * @param {number} group the browser's process group @param {number} times
 */
export async function slowDown(group, times) {
  if (times === 1) return async () => {};
  const flag = new SharedArrayBuffer(4);
  const worker = new Worker(new URL(import.meta.url), { workerData: { group, times, flag } });
  await once(worker, "message");
  return async () => {
    const ended = once(worker, "exit");
    Atomics.store(new Int32Array(flag), 0, 1);
    await ended;
  };
}

if (!isMainThread && workerData?.group) {
  const { group, times, flag } = workerData;
  const end = new Int32Array(flag);
  const rest = new Int32Array(new SharedArrayBuffer(4));
  const signal = (name) => {
    try {
      process.kill(-group, name);
    } catch {
      // The browser has gone; the flag will be set.
    }
  };
  parentPort.postMessage("begun");
  let ran = BEAT;
  while (!Atomics.load(end, 0)) {
    signal("SIGSTOP");
    Atomics.wait(rest, 0, 0, ran * (times - 1));
    signal("SIGCONT");
    // A busy machine wakes this thread late; the next rest makes up for it.
    const woken = performance.now();
    Atomics.wait(rest, 0, 0, BEAT);
    ran = performance.now() - woken;
  }
}
