// What a keystroke takes at the least: the same watch over a page that does nothing but show what was typed. The wait for
// the next frame, of up to 16.7 ms at 60 frames a second, is most of it.

import { timeToPaint } from "./painted.mjs";

/** Times in milliseconds, one for each letter. @param {import("playwright-core").BrowserContext} context that is watched */
export async function keystrokesAtLeast(context, letters) {
  const page = await context.newPage();
  await page.goto("about:blank");
  await page.evaluate(() => {
    const [input, shown] = [document.createElement("input"), document.createElement("p")];
    input.addEventListener("input", () => (shown.textContent = input.value));
    document.body.append(input, shown);
    input.focus();
  });
  const times = [];
  for (const letter of letters) times.push(await timeToPaint(page, () => page.keyboard.insertText(letter)));
  await page.close();
  return times;
}
