// What `cargo xtask test` hands over: the browser, the relay's program and the app to serve.

import { fileURLToPath } from "node:url";
import { join } from "node:path";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
export const shots = join(root, "tests/e2e/shots");
export const chromium = process.env.CARAVAN_CHROMIUM ?? "/usr/bin/chromium";
export const relay = process.env.CARAVAN_RELAY ?? join(root, "target/debug/caravan");
export const dist = process.env.CARAVAN_DIST ?? join(root, "dist");
