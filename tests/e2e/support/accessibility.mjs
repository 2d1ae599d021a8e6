// axe on the screen as it stands.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Fails on serious and critical violations.
 * @param {import("playwright-core").Page} page
 */
export async function assertAccessible(page, where) {
  const violations = await check(page);
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const lines = grave.flatMap(({ id, help, nodes }) => [
    `${id}: ${help}`,
    ...nodes.slice(0, 4).map((node) => `    ${node.html.slice(0, 200)}\n      ${node.failureSummary}`),
  ]);
  assert.equal(grave.length, 0, `${where} is not accessible:\n${lines.join("\n")}`);
}

/** In an isolated world, where the page's content security policy and Trusted Types do not reach. */
async function check(page) {
  const client = await page.context().newCDPSession(page);
  try {
    const { frameTree } = await client.send("Page.getFrameTree");
    const world = { frameId: frameTree.frame.id, worldName: "axe" };
    const { executionContextId: contextId } = await client.send("Page.createIsolatedWorld", world);
    const run = async (expression) => {
      const request = { expression, contextId, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await client.send("Runtime.evaluate", request);
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    await run(`${axe};0`);
    return await run('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)');
  } finally {
    await client.detach();
  }
}
