// Lighthouse's scores of the first page a phone sees. It brings hundreds of packages, so it stands apart and is left out
// where it does not run.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import * as places from "../support/places.mjs";

const run = promisify(execFile);
const FLAGS = "--headless=new --no-sandbox --disable-gpu";

/** @returns {Promise<Record<string, number>>} scores from 0 to 100 by category */
export async function lighthouse(address) {
  const cwd = join(places.root, "tests/peers/lighthouse");
  await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd });
  const program = join(cwd, "node_modules/lighthouse/cli/index.js");
  const { stdout } = await run(
    process.execPath,
    [program, address, "--quiet", "--output=json", `--chrome-flags=${FLAGS}`],
    { cwd, env: { ...process.env, CHROME_PATH: places.chromium }, maxBuffer: 64 << 20 },
  );
  const { categories } = JSON.parse(stdout);
  return Object.fromEntries(Object.values(categories).map(({ id, score }) => [id, Math.round(score * 100)]));
}
