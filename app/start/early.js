// Runs as soon as the browser has read of it, before the page has a body: the engine reads what is stored while everything
// else is still on its way. Kept outside index.html because the content security policy admits no inline script.

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

// What the engine says before anybody listens is kept; the interface takes it over in app/ui/src/engine/spawn.rs.
{
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
}
