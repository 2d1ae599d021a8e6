// Waiting for something to become true, since nothing here sleeps for a fixed time.

import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks again until the answer is truthy, and returns it.
 * @template T
 * @param {string} what named when it does not come true
 * @param {() => T | Promise<T>} ask
 * @param {{ within?: number, every?: number }} [time] in milliseconds
 * @returns {Promise<T>}
 */
export async function until(what, ask, { within = 15_000, every = 50 } = {}) {
  const end = performance.now() + within;
  let last;
  do {
    try {
      last = await ask();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    await pause(every);
  } while (performance.now() < end);
  throw new Error(`not within ${within} ms: ${what}; last answer: ${last?.message ?? JSON.stringify(last)}`, {
    cause: last instanceof Error ? last : undefined,
  });
}

/** How long `act` takes, in milliseconds. */
export async function timed(act) {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
