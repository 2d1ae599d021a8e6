// Runs before the first paint, so that a chosen theme and language never flash up in the other. What they mean is in
// app/ui/src/prefs; without storage the system's theme and the browser's language stand.

try {
  const theme = localStorage.getItem("caravan.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const language = localStorage.getItem("caravan.language") ?? navigator.language;
  document.documentElement.lang = language.startsWith("en") ? "en" : "zh-CN";
} catch {
  // Storage is refused in some private windows.
}
