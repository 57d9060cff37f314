// Runs before the first paint (a classic script, so that it blocks it): the words on the page are
// in both languages and the style sheet shows one, so the language must be known by then.
(() => {
  const root = document.documentElement;
  // A module that does not arrive, or that this browser cannot read, leaves no other trace.
  const failed = (/** @type {Event} */ event) => {
    const script = event instanceof ErrorEvent || event.target instanceof HTMLScriptElement;
    if (script && !root.dataset.shell) root.dataset.shell = "failed";
  };
  addEventListener("error", failed, true);

  const kept = (() => {
    try {
      return localStorage.getItem("mekiki:language");
    } catch {
      return null; // storage is refused in some private windows; the browser's language will do
    }
  })();
  const wanted = kept || navigator.language || "en";
  root.lang = wanted.toLowerCase().startsWith("ja") ? "ja" : "en";
})();
