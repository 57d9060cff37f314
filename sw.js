// The service worker's source; the build makes it one file and injects the list of the shell.
// Two tiers: the shell is precached when this installs; big files (runtime, wheels, models,
// samples: everything under assets/) are put into our own cache by app/download.mjs and only
// served here. Nothing of a sibling on the same origin is read or deleted: that is why Workbox's
// cleanupOutdatedCaches is not called, which at the root of an origin deletes precaches below it.
import { clientsClaim, setCacheNameDetails } from "workbox-core";
import { precacheAndRoute } from "workbox-precaching";
import { registerRoute } from "workbox-routing";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SCOPE = new URL(worker.registration.scope).pathname;
const ASSETS_CACHE = `mekiki-assets:${SCOPE}`; // the same name as in app/offline.mjs

setCacheNameDetails({ prefix: "mekiki" });
clientsClaim();

// Deep links (?model=..., ?sample=...) are the same page.
precacheAndRoute(/** @type {any} */ (self).__WB_MANIFEST, { ignoreURLParametersMatching: [/./] });

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith(`${SCOPE}assets/`),
  async ({ request }) => {
    const cache = await caches.open(ASSETS_CACHE);
    return (await cache.match(request.url)) ?? fetch(request);
  },
);

// A new version waits until the person asks for it: it must not change a page in use.
worker.addEventListener("message", (event) => {
  if (event.data?.type === "SKIP_WAITING") worker.skipWaiting();
});
