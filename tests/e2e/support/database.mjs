// What a phone really holds: every byte of its IndexedDB, past the app.

/**
 * Which of the words stand anywhere in the device's databases, and in which of their stores.
 * @param {import("playwright-core").Page} page
 * @param {string[]} wanted
 */
export function held(page, wanted) {
  return page.evaluate(async (wanted) => {
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
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const [keys, values] = [await settled(objects.getAllKeys()), await settled(objects.getAll())];
        for (const one of [...keys, ...values]) look(one, store);
      }
      database.close();
    }
    return { words: [...found].sort(), stores: [...stores] };
  }, wanted);
}
