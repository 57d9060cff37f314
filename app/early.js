// Runs before the first paint (a classic script, so that it blocks it): the words on the page are
// in both languages and the style sheet shows one, and the colours are light or dark, so what the
// person chose must be known by then.
(() => {
  const root = document.documentElement;
  // A module that does not arrive, or that this browser cannot read, leaves no other trace.
  const failed = (/** @type {Event} */ event) => {
    const script = event instanceof ErrorEvent || event.target instanceof HTMLScriptElement;
    if (!script || root.dataset.shell || root.dataset.demos) return;
    root.dataset.shell = "failed";
    mend();
  };
  // What the browser keeps of a module may itself be wrong (a host that named the wrong type, a
  // sign-in page of a Wi-Fi), and is kept for a year: all are asked for anew, and once that is done
  // the page is loaded again, if it was not before.
  const mend = async () => {
    const links = document.querySelectorAll("link[rel=modulepreload], script[type=module]");
    const urls = [...links].map((each) => each.getAttribute("href") ?? each.getAttribute("src"));
    const again = urls.map((url) => fetch(url ?? "", { cache: "reload" }));
    const answers = await Promise.allSettled(again);
    try {
      const tried = sessionStorage.getItem("mekiki:mended");
      sessionStorage.setItem("mekiki:mended", "1");
      if (!tried && answers.every(({ status }) => status === "fulfilled")) location.reload();
    } catch {
      // No storage here; the person loads the page again.
    }
  };
  addEventListener("error", failed, true);

  // The browser may offer the app for the home screen before the shell is up: app/install.mjs.
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    Object.assign(globalThis, { installOffer: event });
  });

  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const scope = new URL("../..", src).pathname;
  /** What app/settings.mjs kept. @param {string} name @returns {any} */
  const kept = (name) => {
    try {
      return JSON.parse(localStorage.getItem(`mekiki:${scope}:${name}`) ?? "null");
    } catch {
      return null; // storage is refused in some private windows; the browser's own choice will do
    }
  };
  const wanted = String(kept("language") ?? navigator.language ?? "en");
  root.lang = wanted.toLowerCase().startsWith("ja") ? "ja" : "en";

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const colour = () => {
    const theme = root.dataset.theme;
    const scheme = theme === "light" || theme === "dark" ? theme : dark.matches ? "dark" : "light";
    root.dataset.scheme = scheme;
    document
      .querySelector("meta[name=theme-color]")
      ?.setAttribute("content", scheme === "dark" ? "#171614" : "#f7f5f0");
  };
  root.dataset.theme = kept("theme") ?? "auto";
  colour();
  dark.addEventListener("change", colour);
  addEventListener("mekiki:theme", colour); // the settings changed root.dataset.theme
})();
