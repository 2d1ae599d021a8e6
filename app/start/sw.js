// Offline start: one complete, versioned set of assets, replaced only on the user's word.
//
// `cargo xtask build` puts `const BUILD = { version, assets }` in front of this file. It holds no data and speaks to
// no API: requests to the relay pass by it untouched.
//
// Messages in:  { type: "activate" }   the user wants the version that waits
// Messages out: { type: "exchange" }   the browser says there is signal again (Background Sync, tag "caravan-exchange")

const PREFIX = "caravan-";
const CURRENT = PREFIX + BUILD.version;
const RELAY = /^\/(api|s|healthz|readyz|metrics)(\/|$)/;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(sweep().then(() => self.clients.claim())));

self.addEventListener("message", (event) => {
  if (event.data?.type === "activate") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || RELAY.test(pathname)) return;
  if (request.mode === "navigate") event.respondWith(fromCache("/", request));
  else if (BUILD.assets.includes(pathname) || isVersioned(pathname)) event.respondWith(fromCache(pathname, request));
});

// The exchange belongs to the engine, which lives in a page. With no page open nothing is sent here: the outbox is safe
// in IndexedDB and goes out the next time the app opens.
self.addEventListener("sync", (event) => {
  if (event.tag === "caravan-exchange") event.waitUntil(tellPages({ type: "exchange" }));
});

/** Fills this version's cache, or fails and leaves the version in use as it is. Unchanged files are not fetched again. */
async function fill() {
  const cache = await caches.open(CURRENT);
  try {
    await Promise.all(
      BUILD.assets.map(async (path) => {
        const known = isVersioned(path) && (await caches.match(path));
        if (known) return cache.put(path, known);
        const response = await fetch(path, { cache: isVersioned(path) ? "default" : "reload" });
        if (!response.ok) throw new Error(`${path}: ${response.status}`);
        return cache.put(path, response);
      }),
    );
  } catch (error) {
    await caches.delete(CURRENT);
    throw error;
  }
}

/**
 * Drops the caches of older versions (keys come in the order of creation). The one just replaced stays while a page is open, because that page may still
 * start a worker of its own version; it goes with the next version.
 */
async function sweep() {
  const versions = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const older = versions.slice(0, versions.indexOf(CURRENT));
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.length > 0) older.pop();
  await Promise.all(older.map((name) => caches.delete(name)));
}

/** @param {string} path what to look for @param {Request} request what to ask the network when it is not there */
async function fromCache(path, request) {
  const own = await (await caches.open(CURRENT)).match(path);
  if (own) return own;
  const older = isVersioned(path) ? await caches.match(path) : undefined;
  return older ?? fetch(request);
}

/** A name with a content hash never changes its meaning. */
function isVersioned(path) {
  return path.startsWith("/assets/");
}

async function tellPages(message) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) page.postMessage(message);
}
