// Serves the shell from the precache. Workbox fills it when this version is installed, all files or
// none, each checked against the build's digest; here each is checked again as it is read, and what
// was damaged or deleted since is fetched anew, by itself.
import { PrecacheController } from "workbox-precaching";

import { damaged } from "./damaged.mjs";
import { isWhole } from "./digest.mjs";
import { dressed } from "./headers.mjs";
import { fill, isLater, precacheWith } from "./install.mjs";
import { networkRefused } from "./kept.mjs";
import { unpacking } from "./packed.mjs";

const controller = new PrecacheController({ plugins: [unpacking] });

const clients = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self)).clients;

/** @param {any[]} manifest */
export const precache = (manifest) => precacheWith(controller, manifest);

/** Whether no more than one page is open. */
export const alone = async () =>
  (await clients.matchAll({ type: "window", includeUncontrolled: true })).length < 2;

/**
 * Deletes the files of versions before this one: not while two pages are open, because one of them
 * may be of such a version and still need them.
 * @param {ExtendableEvent} event
 */
export async function forgetOlder(event) {
  if (await alone()) await controller.activate(event);
}

/**
 * Brings what few people open, too.
 * @param {ExtendableEvent} event
 */
export async function keepAll(event) {
  const cache = await caches.open(controller.strategy.cacheName);
  const held = new Set((await cache.keys()).map(({ url }) => url));
  const lacking = controller
    .getCachedURLs()
    .filter((url) => !held.has(/** @type {string} */ (controller.getCacheKeyForURL(url))));
  await fill(controller, event, lacking);
}

/**
 * A file of a version before this one, for a page that is still of it.
 * @param {{event: FetchEvent, url: URL}} asked @returns {Promise<Response>}
 */
export async function answerOlder({ event, url }) {
  const cache = await caches.open(controller.strategy.cacheName);
  const kept = await cache.match(url.href, { ignoreSearch: true });
  if (kept) return dressed(kept, url);
  return (await networkRefused(event)) ? Response.error() : fetch(event.request);
}

/** @param {URL} address @returns {string | undefined} of the file in the precache */
export function keyOf(address) {
  const url = new URL(address);
  url.search = url.hash = ""; // deep links (?model=..., ?sample=...) are the same page
  if (url.pathname.endsWith("/")) url.pathname += "index.html";
  return controller.getCacheKeyForURL(url.href);
}

/** @param {string} key @param {string | undefined} integrity */
async function fetchAnew(key, integrity) {
  // "reload": what is wrong may be in the HTTP cache, too.
  const response = await fetch(key, { cache: "reload", credentials: "same-origin" });
  if (!response.ok || !(await isWhole(response, integrity))) return null;
  return response;
}

/** @param {{event: FetchEvent, url: URL}} asked @returns {Promise<Response>} */
export async function answer({ event, url }) {
  // The lab measures the line: who wants no cache is given none.
  const { cache: wanted, destination } = event.request;
  if (wanted === "no-store" && !destination && !(await networkRefused(event))) {
    return fetch(event.request);
  }
  const key = /** @type {string} */ (keyOf(url));
  const integrity = controller.getIntegrityForCacheKey(key);
  const path = new URL(key);
  const cache = await caches.open(controller.strategy.cacheName);
  let kept = await cache.match(key);
  if (!kept && isLater(path.href.split("?")[0]) && !(await networkRefused(event))) {
    await fill(controller, event, [path.href.split("?")[0]]).catch(() => {}); // tried anew below
    kept = await cache.match(key);
  }
  if (kept && (await isWhole(kept, integrity))) return dressed(kept, path);
  try {
    // Also for a worker that is refused the network: its own files are mended, and what is asked is
    // an address of the build's list, which carries nothing out.
    const fresh = await fetchAnew(key, integrity);
    if (fresh) {
      event.waitUntil(cache.put(key, fresh.clone()).catch(() => {})); // no room: next time, then
      return dressed(fresh, path);
    }
  } catch {
    // There is no network.
  }
  return event.request.mode === "navigate" ? damaged() : Response.error();
}
