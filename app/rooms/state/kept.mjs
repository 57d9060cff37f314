// What is kept on this device, by kind, and how to be rid of it. Only what is ours: a sibling on the
// same origin has caches of its own.
import { absolute, held, list } from "../../assets.mjs";
import { ASSETS_CACHE, PARTS_CACHE, SCOPE } from "../../caches.mjs";

const OWN_CACHE = `mekiki-own:${SCOPE}`; // as in app/own.mjs

/** @typedef {{kind: string, id: string, bytes: number}} Kept */

/** Which kind a tier is of: engine-simd -> engine; model:yolox-nano:int8 -> the model.
 * @param {string} tier @returns {[string, string]} kind and id */
function kindOf(tier) {
  const [kind, id = ""] = tier.split(":");
  return kind.startsWith("engine") ? ["engine", ""] : [kind, id];
}

/** @param {string} name @param {(request: Request) => boolean} wanted */
async function bytesIn(name, wanted = () => true) {
  let bytes = 0;
  if (!(await caches.has(name))) return bytes;
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    if (!wanted(request)) continue;
    bytes += (await (await cache.match(request))?.blob())?.size ?? 0;
  }
  return bytes;
}

/** @returns {Promise<string | undefined>} the name of the shell's cache, which Workbox gives */
const shellCache = async () =>
  (await caches.keys()).find((name) => name.startsWith("mekiki-precache-") && name.endsWith(`${location.origin}${SCOPE}`));

/** @returns {Promise<string>} JSON text: a list of {"kind", "id", "bytes"}, what is not there left out;
 *   kinds: shell, engine, model, samples, own, older (no version lists it any more), unfinished */
export async function kept() {
  /** @type {Map<string, Kept>} */
  const found = new Map();
  const add = (/** @type {string} */ kind, /** @type {string} */ id, /** @type {number} */ bytes) => {
    const key = `${kind}:${id}`;
    const before = found.get(key)?.bytes ?? 0;
    if (bytes) found.set(key, { kind, id, bytes: before + bytes });
  };
  try {
    const shell = await shellCache();
    if (shell) add("shell", "", await bytesIn(shell));
    const files = await held(await caches.open(ASSETS_CACHE));
    const listed = new Set();
    for (const [tier, assets] of Object.entries(await list())) {
      const [kind, id] = kindOf(tier);
      for (const asset of assets) {
        const address = absolute(asset.url);
        if (files.has(address) && !listed.has(address)) add(kind, id, asset.bytes);
        listed.add(address);
      }
    }
    add("older", "", await bytesIn(ASSETS_CACHE, (request) => !listed.has(request.url)));
    add("unfinished", "", await bytesIn(PARTS_CACHE));
    add("own", "", await bytesIn(OWN_CACHE));
  } catch (error) {
    console.info("What is kept cannot be told:", error);
  }
  return JSON.stringify([...found.values()]);
}

/**
 * Deletes what is kept of a kind.
 * @param {string} kind engine, model, samples, older or unfinished @param {string} id
 * @returns {Promise<boolean>} whether the browser did it
 */
export async function free(kind, id) {
  try {
    const parts = await caches.open(PARTS_CACHE);
    if (kind === "unfinished") {
      for (const request of await parts.keys()) await parts.delete(request);
      return true;
    }
    const files = await caches.open(ASSETS_CACHE);
    const listed = new Set();
    const mine = new Set();
    for (const [tier, assets] of Object.entries(await list())) {
      const [ofKind, ofId] = kindOf(tier);
      for (const asset of assets) {
        listed.add(absolute(asset.url));
        if (ofKind === kind && ofId === id) mine.add(absolute(asset.url));
      }
    }
    for (const request of await files.keys()) {
      const unlisted = kind === "older" && !listed.has(request.url);
      if (unlisted || mine.has(request.url)) await files.delete(request);
    }
    return true;
  } catch {
    return false;
  }
}
