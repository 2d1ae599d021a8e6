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
  for (const send of sessions) {
    const { script, wasm } = await weigh(send);
    sum.script += script;
    sum.wasm += wasm;
  }
  await client.detach();
  return sum;
}

async function weigh(send) {
  await send("HeapProfiler.enable");
  await send("HeapProfiler.collectGarbage");
  const { usedSize } = await send("Runtime.getHeapUsage");
  const { result: prototype } = await send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await send("Runtime.queryObjects", { prototypeObjectId: prototype.objectId });
  const { result } = await send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: "function () { return [...this].reduce((sum, memory) => sum + memory.buffer.byteLength, 0) }",
    returnByValue: true,
  });
  return { script: usedSize, wasm: result.value };
}
