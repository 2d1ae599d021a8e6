// Nothing may go wrong quietly: errors on the console, uncaught errors and violations of the content security policy
// are gathered, and fail the journey at its end.

/** A lost connection is part of the journeys; the browser reports each on the console. */
const LOST_CONNECTION = /net::ERR_|WebSocket connection to .* failed/;

export class Watch {
  #seen = [];

  /** @param {import("playwright-core").BrowserContext} context */
  over(context, name) {
    const note = (text) => {
      if (!LOST_CONNECTION.test(text)) this.#seen.push(`${name}: ${text}`);
    };
    context.on("console", (message) => {
      if (message.type() === "error") note(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (web) => note(String(web.error().stack ?? web.error())));
  }

  /** What was seen since the last time it was asked. */
  take() {
    return this.#seen.splice(0);
  }
}
