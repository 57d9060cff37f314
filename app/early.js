// Runs before the first paint (a classic script, so that it blocks it): the words on the page are
// in both languages and the style sheet shows one, so the language must be known by then.
(() => {
  const kept = (() => {
    try {
      return localStorage.getItem("mekiki:language");
    } catch {
      return null; // storage is refused in some private windows; the browser's language will do
    }
  })();
  const wanted = kept || navigator.language || "en";
  document.documentElement.lang = wanted.toLowerCase().startsWith("ja") ? "ja" : "en";
})();
