// Keeps the messages that reach a worker before its Wasm is there, and hands them over in order.
// Without it a page that posts at once would talk to nobody: a module worker takes messages from its first await on.

/** @param {() => Promise<unknown>} start resolves once the Wasm listens to "message" */
export async function startWithInbox(start) {
  const early = [];
  const keep = (event) => early.push(event);
  self.addEventListener("message", keep);
  await start();
  self.removeEventListener("message", keep);
  for (const { data, ports } of early) {
    self.dispatchEvent(new MessageEvent("message", { data, ports }));
  }
}
