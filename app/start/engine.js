// The engine's dedicated worker.

import init from "/caravan-engine.js";
import { startWithInbox } from "/inbox.js";

await startWithInbox(() => init());
