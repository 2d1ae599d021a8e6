// The files worker, started when a file is read or written.

import init from "/caravan-files.js";
import { startWithInbox } from "/inbox.js";

await startWithInbox(() => init());
