// What a phone really holds: every byte of its IndexedDB, past the app. What is encrypted is opened with the key that
// the browser keeps while the device is unlocked.

/**
 * Which of the words stand anywhere in the device's databases, and in which of their stores.
 * @param {import("playwright-core").Page} page
 * @param {string[]} wanted
 * @param {{ opened?: boolean }} options as they are stored, if not opened
 */
export function held(page, wanted, { opened = true } = {}) {
  return page.evaluate(
    async ({ wanted, opened }) => {
      const settled = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const found = new Set();
      const stores = new Set();
      const text = new TextDecoder();
      const look = (value, store) => {
        if (value instanceof ArrayBuffer) value = new Uint8Array(value);
        if (ArrayBuffer.isView(value)) value = text.decode(value);
        if (typeof value === "string") {
          for (const word of wanted.filter((word) => value.includes(word))) {
            found.add(word);
            stores.add(store);
          }
        } else if (value && typeof value === "object") {
          for (const [key, inner] of Object.entries(value)) look(key, store), look(inner, store);
        }
      };
      for (const { name } of await indexedDB.databases()) {
        const database = await settled(indexedDB.open(name));
        const read = async (store) => {
          const objects = database.transaction(store).objectStore(store);
          const [keys, values] = [await settled(objects.getAllKeys()), await settled(objects.getAll())];
          return keys.map((key, place) => [key, values[place]]);
        };
        const open = opened && database.objectStoreNames.contains("data-keys") ? await opener(read) : async (_, it) => it;
        for (const store of database.objectStoreNames) {
          for (const [key, value] of await read(store)) {
            look(key, store);
            look(await open(store, value), store);
          }
        }
        database.close();
      }
      return { words: [...found].sort(), stores: [...stores] };

      /** What opens a value: see app/engine/src/storage/sealed. */
      async function opener(read) {
        const master = (await read("keys")).find(([name]) => name === "master")?.[1];
        if (!master) return async (_, value) => value;
        const NONCE = 12;
        const bytes = (words) => new TextEncoder().encode(words);
        const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));
        const decrypt = async (key, about, sealed) => {
          const [iv, rest] = [sealed.slice(0, NONCE), sealed.slice(NONCE)];
          return new Uint8Array(
            await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: about }, key, rest),
          );
        };
        const keys = new Map();
        for (const [group, sealed] of await read("data-keys")) {
          const name = new Uint8Array(group);
          const raw = await decrypt(master, joined(bytes("caravan data key v1\0"), name), new Uint8Array(sealed));
          keys.set(String(name), await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]));
        }
        return async (store, value) => {
          if (!ArrayBuffer.isView(value) || ["meta", "data-keys"].includes(store)) return value;
          const [, length] = value;
          const group = value.slice(2, 2 + length);
          const about = joined(bytes("caravan value v1\0"), bytes(store), [0], group);
          return decrypt(keys.get(String(group)), about, value.slice(2 + length));
        };
      }
    },
    { wanted, opened },
  );
}
