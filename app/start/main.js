// Stands between a program's main part and the loader of its other parts. The main part names the loader and the loader
// needs the main part: files whose names carry a hash of what is in them cannot name each other in a circle.
// The page and the engine's worker each have their own.

let main;

/** The exports of the main part's Wasm, which is already there. */
export const initSync = () => main();

/** @param {() => unknown} init what wasm-bindgen calls `initSync` */
export function is(init) {
  main = init;
}
