// The service worker's source; the build makes it one file and injects the list of the shell.
// Two tiers: the shell is precached when this installs; big files (runtime, wheels, models,
// samples: everything under assets/) are put into our own cache by app/download.mjs and only
// served here. Nothing of a sibling on the same origin is read or deleted: that is why Workbox's
// cleanupOutdatedCaches is not called, which at the root of an origin deletes precaches below it.
import "./app/sw/names.mjs";

import { clientsClaim } from "workbox-core";
import { registerRoute } from "workbox-routing";

import * as shell from "./app/sw/shell.mjs";
import { networkRefused } from "./app/sw/kept.mjs";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SCOPE = new URL(worker.registration.scope).pathname;
const ASSETS_CACHE = `mekiki-assets:${SCOPE}`; // the same name as in app/caches.mjs

// The name of the shell's folder, which changes with its content.
const VERSION = /** @type {any} */ (globalThis).__VERSION__;

clientsClaim();

shell.precache(/** @type {any} */ (self).__WB_MANIFEST);
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && Boolean(shell.keyOf(url)),
  ({ event, url }) => shell.answer({ event: /** @type {FetchEvent} */ (event), url }),
);

// Another tab may still be of the version before, and open a room that it has not loaded yet.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith(`${SCOPE}shell-`),
  ({ event, url }) => shell.answerOlder({ event: /** @type {FetchEvent} */ (event), url }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith(`${SCOPE}assets/`),
  async ({ request, event }) => {
    const cache = await caches.open(ASSETS_CACHE);
    const kept = await cache.match(request.url);
    if (kept) return kept;
    const refused = await networkRefused(/** @type {FetchEvent} */ (event));
    return refused ? Response.error() : fetch(request);
  },
);

// Pictures that another app shares (share_target in manifest.json) wait in a cache of their own until
// a page takes them out: app/inbox.mjs, which has the same name and addresses. (Where there is no
// service worker the host gets the POST, and static ones refuse it; but who has the app has this.)
const INBOX_CACHE = `mekiki-inbox:${SCOPE}`;
const MOST_SHARED = 50; // of one share; phones have little room

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname === `${SCOPE}share`,
  async ({ request }) => {
    let shared = "failed"; // else how many files came, kept or not
    try {
      const sent = [...(await request.formData()).values()];
      const files = sent.filter((each) => each instanceof File && each.size > 0);
      const cache = await caches.open(INBOX_CACHE);
      const now = Date.now();
      shared = `${files.length}`;
      for (const [place, file] of files.slice(0, MOST_SHARED).entries()) {
        const name = encodeURIComponent(/** @type {File} */ (file).name);
        await cache.put(`${SCOPE}inbox/${now}/${place}/${name}`, new Response(file));
      }
    } catch {
      // What was kept until the room ran out is shown, and the page says that some are lacking.
    }
    return Response.redirect(`${SCOPE}?shared=${shared}`, 303);
  },
  "POST",
);

// A new version waits until the person asks for it: it must not change a page in use.
worker.addEventListener("message", (event) => {
  if (event.data?.type === "SKIP_WAITING") worker.skipWaiting();
  // A page asks of which version this is, to compare it with its own, and whether it is the only one;
  // then nobody needs what is of older versions.
  if (event.data?.type === "VERSION") event.waitUntil(agree(event));
  if (event.data?.type === "KEEP_ALL") event.waitUntil(keepAll(event));
});

/** @param {ExtendableMessageEvent} event */
async function keepAll(event) {
  const kept = await shell.keepAll(event).then(() => true, () => false);
  event.ports[0]?.postMessage(kept);
}

/** @param {ExtendableMessageEvent} event */
async function agree(event) {
  event.ports[0]?.postMessage({ version: VERSION, alone: await shell.alone() });
  if (event.data.version === VERSION) await shell.forgetOlder(event);
}
