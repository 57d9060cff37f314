// The big files (runtime, wheels, models), as the shell sees them: what is kept, what lacks, and
// how to get it. The build cuts them into compressed parts; app/download/ brings those, in a worker
// of its own, and what is whole ends in our cache, where sw.js finds it.
import { ASSETS_CACHE, PARTS_CACHE } from "./caches.mjs";
import { absolute, assetsOf, failure, held, list, sha256 } from "./assets.mjs";

export { absolute, assetsOf, sha256 };

/** @type {Worker | null} */
let worker = null;
let lastId = 0;
/** @type {Map<number, {resolve: (answer: string) => void, onProgress: (progress: any) => void}>} */
const pending = new Map();

const broken = (/** @type {string} */ detail) =>
  JSON.stringify({ error: { code: "download-failed", data: { detail } } });

/** @returns {Worker} */
function started() {
  if (worker) return worker;
  const address = new URL("download/downloader.worker.mjs", import.meta.url);
  worker = new Worker(address, { type: "module", name: "mekiki-downloader" });
  worker.onmessage = ({ data: { id, answer, progress } }) => {
    const call = pending.get(id);
    if (progress) call?.onProgress(progress);
    if (answer === undefined) return;
    pending.delete(id);
    call?.resolve(answer);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    worker?.terminate();
    worker = null;
    for (const { resolve } of pending.values()) resolve(broken(event.message || "worker"));
    pending.clear();
  };
  return worker;
}

/**
 * @param {string} operation @param {unknown} argument @param {(progress: any) => void} onProgress
 * @returns {Promise<string>} JSON text
 */
function call(operation, argument, onProgress = () => {}) {
  const id = (lastId += 1);
  return new Promise((resolve) => {
    pending.set(id, { resolve, onProgress });
    started().postMessage({ id, operation, argument });
  });
}

/** Whether this browser can keep and verify files at all (it cannot on plain http). */
export const possible = () => "caches" in globalThis && Boolean(globalThis.crypto?.subtle);

/**
 * @param {string} names JSON list of tiers
 * @returns {Promise<number>} bytes still to be downloaded; -1 when that cannot be told now
 */
export async function missing(names) {
  if (!possible()) return -1;
  try {
    const files = await held(await caches.open(ASSETS_CACHE));
    const parts = await held(await caches.open(PARTS_CACHE));
    let bytes = 0;
    for (const asset of await assetsOf(JSON.parse(names))) {
      if (files.has(absolute(asset.url))) continue;
      for (const part of asset.parts) if (!parts.has(absolute(part.url))) bytes += part.bytes;
      bytes = Math.max(bytes, 1); // all parts, and not yet a file: there is something to do
    }
    return bytes;
  } catch {
    return -1;
  }
}

/**
 * Brings every asset of the tiers into the cache.
 * @param {string} names JSON list of tiers
 * @param {(done: number, total: number, rate: number, waiting: number) => void} onProgress in bytes
 *   of this download, bytes a second, and the seconds until a broken line is tried again (else 0)
 * @returns {Promise<string>} JSON text: {} or {"error": {"code", "data"}}
 */
export function fetchTiers(names, onProgress) {
  return call("fetch", JSON.parse(names), ({ done, total, rate, waiting }) =>
    onProgress(done, total, rate, waiting),
  );
}

/**
 * Compares every kept file of the tiers with its hash, and deletes those that are wrong.
 * @param {string} names JSON list of tiers
 * @param {(done: number, total: number) => void} [onFile] after each file
 * @returns {Promise<string>} JSON text: {"wrong": [addresses], "absent": [addresses], "bytes": on
 *   the line to mend it} or {"error"}
 */
export async function check(names, onFile = () => {}) {
  if (!possible()) return JSON.stringify({ wrong: [], absent: [], bytes: 0 });
  return call("check", JSON.parse(names), ({ done, total }) => onFile(done, total));
}

/** Stops the downloads under way; fetchTiers goes on where they were. */
export const pause = () => call("stop", "download-paused");

/** Stops the downloads under way, and throws away what they have brought so far. */
export async function cancel() {
  await call("stop", "download-cancelled");
  try {
    const parts = await caches.open(PARTS_CACHE);
    for (const request of await parts.keys()) await parts.delete(request);
  } catch (error) {
    console.info("Unfinished downloads could not be deleted:", failure(error).code);
  }
}

/**
 * Frees the big files of older versions, which no tier lists any more, and those of some tiers.
 * @param {string} unwanted JSON list of tiers that this phone does not need
 */
export async function tidy(unwanted) {
  if (!possible()) return;
  const without = JSON.parse(unwanted);
  const needed = Object.keys(await list()).filter((name) => !without.includes(name));
  const wanted = new Set();
  for (const asset of await assetsOf(needed)) {
    wanted.add(absolute(asset.url));
    for (const part of asset.parts) wanted.add(absolute(part.url));
  }
  for (const name of [ASSETS_CACHE, PARTS_CACHE]) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!wanted.has(request.url)) await cache.delete(request);
    }
  }
}
