// A browser's profile as a thief of it finds it: files.

import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** The files that hold these words, as UTF-8 or UTF-16, by their path in the profile; the browser must be closed. */
export async function filesWith(profile, words) {
  const wanted = [Buffer.from(words, "utf8"), Buffer.from(words, "utf16le")];
  const entries = await readdir(profile, { recursive: true, withFileTypes: true });
  const found = [];
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    if (wanted.some((one) => bytes.includes(one))) found.push(relative(profile, path));
  }
  return found.sort();
}
