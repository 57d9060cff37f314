// Whether the app can be put on the home screen here, and how: through the browser's own offer, or
// by hand in one of the browser's menus, for which the room `install` has the words.

const INSTALLED = ["standalone", "minimal-ui", "window-controls-overlay"]
  .map((mode) => `(display-mode: ${mode})`)
  .join(", ");

let installed = false; // while this page was open

/** The offer that app/early.js has kept; it can be taken once. @returns {any} */
const offer = () => /** @type {any} */ (globalThis).installOffer ?? null;

/** Whether this page runs as an installed app. */
const runsInstalled = () =>
  matchMedia(INSTALLED).matches || /** @type {any} */ (navigator).standalone === true;

/** Where no offer ever comes, which browser this is; menus cannot be asked for in another way. */
function menu() {
  const touch = navigator.maxTouchPoints > 1;
  // Only Apple's browsers have this property; an iPad calls itself a Mac, but Macs have no touch.
  if ("standalone" in navigator) return touch ? "ios" : "mac";
  const agent = navigator.userAgent;
  if (!/Android/.test(agent)) return "";
  if (/Firefox\//.test(agent)) return "firefox";
  return /SamsungBrowser\//.test(agent) ? "samsung" : "";
}

/** @returns {string} "offer", "ios", "mac", "firefox", "samsung", or "" where it cannot be done */
export function way() {
  if (installed || !isSecureContext || runsInstalled()) return "";
  return offer() ? "offer" : menu();
}

/** @param {() => void} onChange called when the way may be another one */
export function listen(onChange) {
  addEventListener("beforeinstallprompt", () => onChange());
  addEventListener("appinstalled", () => {
    installed = true;
    navigator.storage?.persist?.().catch(() => {}); // who installs it means to keep it
    onChange();
  });
  matchMedia(INSTALLED).addEventListener("change", () => onChange());
}

/**
 * Shows the browser's dialog.
 * @returns {Promise<boolean>} whether the person accepted
 */
export async function accept() {
  const taken = offer();
  Object.assign(globalThis, { installOffer: null });
  try {
    await taken?.prompt();
    return (await taken?.userChoice)?.outcome === "accepted";
  } catch {
    return false; // the browser wants a tap just before, and found none
  }
}
