// Starts the UI, beside the engine that early.js has started.

// The worker script of offline start. A new version waits there until the page posts { type: "activate" } to it.
// Where service workers are refused (private windows, plain http) the app still runs online.
navigator.serviceWorker?.register("/sw.js", { updateViaCache: "none" }).catch((error) => {
  console.warn("offline start is not available:", error.message);
});

// Not imported at the top: offline start is wanted, too, where the UI fails to come.
const [{ default: init, initSync }, main] = await Promise.all([import("/caravan-ui.js"), import("/main.js")]);
main.is(initSync);
await init();
