// Fills the precache when this version is installed: all files or none, each checked against the
// build's digest; but for those that few people open, which come when they are opened, or when the
// page says that there is time (see keepAll in shell.mjs). Workbox by itself takes one file after the other: on a line with 150 ms of latency
// ninety small files took 14 s so, and the engine has to wait for the last.
const LANES = 6;

/** @param {import("workbox-precaching").PrecacheController} controller @param {any[]} manifest */
export function precacheWith(controller, manifest) {
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  controller.addToCacheList(manifest);
  worker.addEventListener("install", (event) => event.waitUntil(install(controller, event)));
}

/** Of files that come later, by their paths below our scope; from tools/site/later.py. */
const LATER = new RegExp(/** @type {any} */ (globalThis).__LATER__);

/** @param {string} url */
export function isLater(url) {
  const { scope } = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self)).registration;
  return LATER.test(url.slice(scope.length));
}

/** @param {import("workbox-precaching").PrecacheController} controller @param {ExtendableEvent} event */
const install = (controller, event) =>
  fill(controller, event, controller.getCachedURLs().filter((url) => !isLater(url)));

/**
 * Brings files into the precache.
 * @param {import("workbox-precaching").PrecacheController} controller @param {ExtendableEvent} event
 * @param {string[]} addresses is emptied
 */
export async function fill(controller, event, addresses) {
  const lane = async () => {
    for (let url = addresses.shift(); url; url = addresses.shift()) {
      const cacheKey = /** @type {string} */ (controller.getCacheKeyForURL(url));
      const integrity = controller.getIntegrityForCacheKey(cacheKey);
      const request = new Request(url, {
        integrity,
        // What names its content may come from where the page has just had it; what does not is
        // asked for, and comes again only if it has changed.
        cache: cacheKey.includes("__WB_REVISION__") ? "no-cache" : "default",
        credentials: "same-origin",
      });
      await Promise.all(controller.strategy.handleAll({ params: { cacheKey, integrity }, request, event }));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
