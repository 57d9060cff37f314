// The service worker: registered once the shell runs, so that it takes nothing from the first
// paint; a new version waits until the person asks for it.

const container = "serviceWorker" in navigator ? navigator.serviceWorker : null;

/** Shared origins are common (user.github.io), so every cache name carries our scope. */
const SCOPE = new URL("../..", import.meta.url).pathname;
export const ASSETS_CACHE = `mekiki-assets:${SCOPE}`;
export const PARTS_CACHE = `mekiki-parts:${SCOPE}`;

/** @type {ServiceWorkerRegistration | null} */
let registration = null;

/**
 * @param {() => void} onUpdate called when a new version is installed and waits
 * @returns {Promise<boolean>} whether there is a service worker
 */
export async function register(onUpdate) {
  if (!container) return false;
  try {
    registration = await container.register(new URL("../../sw.js", import.meta.url), {
      updateViaCache: "none",
    });
  } catch (error) {
    console.info("No service worker, so nothing is kept for offline use:", error);
    return false;
  }
  if (!registration) return false; // refused without an error, as some test tools do
  const current = registration;
  const watch = (/** @type {ServiceWorker | null} */ worker) => {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && container.controller) onUpdate();
    });
  };
  if (current.waiting && container.controller) onUpdate();
  watch(current.installing);
  current.addEventListener("updatefound", () => watch(current.installing));
  return true;
}

/** Lets the waiting version take over and loads the page anew. */
export function applyUpdate() {
  if (!container || !registration?.waiting) return;
  container.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting.postMessage({ type: "SKIP_WAITING" });
}

/**
 * Waits until the service worker answers this page's requests: on the first visit it is still
 * being installed when the engine is first wanted.
 * @param {number} milliseconds how long to wait
 * @returns {Promise<boolean>}
 */
export async function controlled(milliseconds) {
  if (!container) return false;
  if (container.controller) return true;
  return Promise.race([
    new Promise((resolve) => {
      container.addEventListener("controllerchange", () => resolve(true), { once: true });
    }),
    new Promise((resolve) => setTimeout(resolve, milliseconds, false)),
  ]);
}
