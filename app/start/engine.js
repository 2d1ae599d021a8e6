// The engine's dedicated worker.

import { startWithInbox } from "/inbox.js";

// A trap inside a promise ends the engine as surely as any other, and must be heard outside, where it is started anew.
self.addEventListener("unhandledrejection", ({ reason }) => {
  if (reason instanceof WebAssembly.RuntimeError) reportError(reason);
});

await startWithInbox(async () => {
  // The Wasm comes beside its script, not after it.
  const wasm = fetch(new URL("/caravan-engine_bg.wasm", import.meta.url));
  const [{ default: init, initSync }, main] = await Promise.all([import("/caravan-engine.js"), import("/main.js")]);
  main.is(initSync);
  await init({ module_or_path: wasm });
});
