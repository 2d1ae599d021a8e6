// Starts the UI. Kept outside index.html because the content security policy admits no inline script.

// With `require-trusted-types-for 'script'` every URL that becomes a script, and every string that becomes markup,
// passes here. Scripts come from this origin only; markup is what the components' static parts are made of, so
// anything that could run is a mistake.
globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL(url) {
    if (new URL(url, location.href).origin === location.origin) return url;
    throw new TypeError("a script of another origin was refused");
  },
  createHTML(markup) {
    if (!/<\s*(script|iframe|object|embed|base|meta|link)\b|\son\w+\s*=|javascript:/i.test(markup)) return markup;
    throw new TypeError("markup that could run was refused");
  },
});

// The engine reads what is stored while the interface is still being compiled. What it says before anybody listens is
// kept; the interface takes it over in app/ui/src/engine/spawn.rs.
const worker = new Worker(document.querySelector('meta[name="caravan-engine"]').content, { type: "module" });
const early = [];
const keep = ({ type, data }) => early.push({ type, data });
for (const type of ["message", "error"]) worker.addEventListener(type, keep);
globalThis.caravanEngine = {
  worker,
  /** To be called once somebody listens: says everything again. */
  repeat() {
    for (const type of ["message", "error"]) worker.removeEventListener(type, keep);
    for (const { type, data } of early) worker.dispatchEvent(new MessageEvent(type, { data }));
  },
};

// The worker script of offline start. A new version waits there until the page posts { type: "activate" } to it.
// Where service workers are refused (private windows, plain http) the app still runs online.
navigator.serviceWorker?.register("/sw.js", { updateViaCache: "none" }).catch((error) => {
  console.warn("offline start is not available:", error.message);
});

// Not imported above, as the engine need not wait for it.
const [{ default: init, initSync }, main] = await Promise.all([import("/caravan-ui.js"), import("/main.js")]);
main.is(initSync);
await init();
