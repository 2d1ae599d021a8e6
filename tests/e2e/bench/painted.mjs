// Times in the page, from what the person did until its result stood on the screen.

/** How long the page must be still before the last change counts as the result, in milliseconds. */
const STILL = 250;
/** What has changed nothing by then changes nothing: a letter that every row found already has. */
const NOTHING = 2_000;

/** Installs the watch in every page of the context, before the page's own scripts. */
export function watchPainting(context) {
  return context.addInitScript(([still, nothing]) => {
    let began = 0;
    let painted = 0;
    let timer = 0;
    let settle;
    const note = () => {
      // After the frame that shows the change has been produced.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          painted = performance.now();
          clearTimeout(timer);
          timer = setTimeout(() => settle?.({ began, painted }), still);
        };
        port2.postMessage(0);
      });
    };
    addEventListener("DOMContentLoaded", () => {
      const what = { subtree: true, childList: true, characterData: true, attributes: true };
      // A phone without signal tries again and again to reach its relay, and says so.
      const isSync = ({ target }) => {
        const element = target.closest ? target : target.parentElement;
        // What it took away is in no page any more.
        return !element?.isConnected || element.closest('a[href="/sync"]');
      };
      const noteWork = (changes) => changes.every(isSync) || note();
      new MutationObserver(noteWork).observe(document.body, what);
    });
    const begin = (event) => {
      const mine = (began = event.timeStamp);
      setTimeout(() => {
        if (mine === began && painted === 0) settle?.({ began, painted: NaN });
      }, nothing);
    };
    for (const kind of ["input", "click"]) addEventListener(kind, begin, { capture: true });
    globalThis.painting = {
      /** Resolves with the time from the next event until its last visible result; NaN when there is none. */
      next: () =>
        new Promise((resolve) => {
          began = painted = 0;
          settle = (times) => {
            if (times.began === 0 || times.painted < times.began) return;
            settle = undefined;
            resolve(times.painted - times.began);
          };
        }),
    };
  }, [STILL, NOTHING]);
}

/** @param {import("playwright-core").Page} page */
export async function timeToPaint(page, act) {
  await page.evaluate(() => void (globalThis.result = globalThis.painting.next()));
  await act();
  return page.evaluate(() => globalThis.result);
}

/** Milliseconds from the start of the navigation until an element that matches was painted. */
export function timeToShow(page, selector) {
  return page.evaluate(
    (selector) =>
      new Promise((resolve) => {
        const look = () => {
          if (!document.querySelector(selector)) return requestAnimationFrame(look);
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now());
            port2.postMessage(0);
          });
        };
        look();
      }),
    selector,
  );
}
