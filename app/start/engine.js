// The engine's dedicated worker.

import init, { initSync } from "/caravan-engine.js";
import { startWithInbox } from "/inbox.js";
import * as main from "/main.js";

// A trap inside a promise ends the engine as surely as any other, and must be heard outside, where it is started anew.
self.addEventListener("unhandledrejection", ({ reason }) => {
  if (reason instanceof WebAssembly.RuntimeError) reportError(reason);
});

main.is(initSync);
await startWithInbox(() => init());
