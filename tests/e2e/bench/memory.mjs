// Memory of the page and its workers: what JavaScript holds after a collection, and the linear memory of every Wasm.

/** @param {import("playwright-core").Page} page @returns bytes of the page and all its workers */
export async function memory(page) {
  const client = await page.context().newCDPSession(page);
  const sessions = [(method, params) => client.send(method, params)];
  const answers = new Map();
  client.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result, error } = JSON.parse(message);
    answers.get(id)?.(error ? Promise.reject(new Error(error.message)) : result);
    answers.delete(id);
  });
  let last = 0;
  client.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    if (targetInfo.type !== "worker") return;
    sessions.push((method, params = {}) => {
      const id = ++last;
      const answer = new Promise((resolve) => answers.set(id, resolve));
      return client
        .send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method, params }) })
        .then(() => answer);
    });
  });
  // Sessions of workers come through this one: the driver keeps its own to itself.
  await client.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sum = { script: 0, wasm: 0, threads: sessions.length };
  for (const send of sessions) sum.script += await weigh(send);
  for (const thread of [page, ...page.workers()]) sum.wasm += await thread.evaluate(linearMemory);
  await client.detach();
  return sum;
}

async function weigh(send) {
  await send("HeapProfiler.enable");
  await send("HeapProfiler.collectGarbage");
  const { usedSize } = await send("Runtime.getHeapUsage");
  return usedSize;
}

/**
 * Of the page, and of a worker that runs the engine. A loader that has run answers with the exports it has, among them the memory that all parts
 * share; its name carries a hash, so it is looked up in the script that imports it.
 */
async function linearMemory() {
  const loader = /\/assets\/caravan-(ui|engine)-[0-9a-f]+\.js/;
  const source = globalThis.document
    ? document.querySelector('link[rel="modulepreload"]').href
    : await (await fetch(location.href)).text();
  const { default: exports } = await import(source.match(loader)[0]);
  return (await exports()).memory.buffer.byteLength;
}
