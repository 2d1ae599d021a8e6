// The app's own texts by key, so that no test repeats them: `clients.name` is the key `name` of `locales/*/clients.json`.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { root } from "./places.mjs";

const folder = join(root, "app/ui/locales");
const PLURALS = ["zero", "one", "two", "few", "many", "other"];

/**
 * Answers a key with its text, or with a pattern when the text has parts that are filled in.
 * @param {"zh" | "en"} language
 */
export function words(language) {
  const texts = {};
  for (const file of readdirSync(join(folder, language))) {
    texts[file.replace(".json", "")] = JSON.parse(readFileSync(join(folder, language, file), "utf8"));
  }
  return (key, filled = {}) => {
    const found = key.split(".").reduce((at, step) => at?.[step], texts);
    const forms = found === undefined ? pluralForms(texts, key) : [found];
    if (forms.length === 0) throw new Error(`there is no text ${key} in ${language}`);
    const patterns = forms.map((form) => pattern(form, filled));
    if (patterns.length === 1 && typeof patterns[0] === "string") return patterns[0];
    return new RegExp(patterns.map((form) => (typeof form === "string" ? escaped(form) : form.source)).join("|"));
  };
}

function pluralForms(texts, key) {
  return PLURALS.map((form) => `${key}_${form}`)
    .map((name) => name.split(".").reduce((at, step) => at?.[step], texts))
    .filter((text) => text !== undefined);
}

function pattern(text, filled) {
  const whole = text.replace(/\{\{\s*(\w+)[^}]*\}\}/g, (blank, name) => filled[name] ?? blank);
  if (!whole.includes("{{")) return whole;
  return new RegExp(
    whole
      .split(/\{\{[^}]*\}\}/)
      .map(escaped)
      .join(".*"),
  );
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
