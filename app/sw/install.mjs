// Fills the precache when this version is installed: all files or none, each checked against the
// build's digest. Workbox by itself takes one file after the other: on a line with 150 ms of latency
// ninety small files took 14 s so, and the engine has to wait for the last.
const LANES = 6;

/** @param {import("workbox-precaching").PrecacheController} controller @param {any[]} manifest */
export function precacheWith(controller, manifest) {
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  controller.addToCacheList(manifest);
  worker.addEventListener("install", (event) => event.waitUntil(install(controller, event)));
}

/** @param {import("workbox-precaching").PrecacheController} controller @param {ExtendableEvent} event */
async function install(controller, event) {
  const addresses = controller.getCachedURLs();
  const lane = async () => {
    for (let url = addresses.shift(); url; url = addresses.shift()) {
      const cacheKey = /** @type {string} */ (controller.getCacheKeyForURL(url));
      const request = new Request(url, {
        integrity: controller.getIntegrityForCacheKey(cacheKey),
        // What names its content may come from where the page has just had it; what does not is
        // asked for, and comes again only if it has changed.
        cache: cacheKey.includes("__WB_REVISION__") ? "no-cache" : "default",
        credentials: "same-origin",
      });
      await Promise.all(controller.strategy.handleAll({ params: { cacheKey }, request, event }));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
