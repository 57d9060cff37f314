// Downloads the big files (runtime, wheels, models) in parts of at most 1 MiB: gzipped by the
// build, so that a host without compression sends few bytes too, each part verified and kept as it
// arrives, so that a broken line costs one part. Whole files end in our cache, where sw.js finds
// them. Deliberately not here yet: pause, parallel parts, back-off, a lock between two tabs.
import { ASSETS_CACHE, PARTS_CACHE } from "./offline.mjs";

/** @typedef {{url: string, bytes: number, sha256: string}} Part */
/**
 * @typedef {object} Asset
 * @property {string} url relative to the site
 * @property {number} bytes @property {string} sha256
 * @property {"gzip" | "identity"} encoding of the parts taken together
 * @property {string} type MIME type
 * @property {Part[]} parts
 */

const SITE = new URL("../..", import.meta.url);
// A line on which nothing arrives for so long is taken as broken.
const STALLED_MS = 20_000;
export const absolute = (/** @type {string} */ url) => new URL(url, SITE).href;

class DownloadError extends Error {
  /** @param {string} code @param {Record<string, unknown>} data */
  constructor(code, data) {
    super(code);
    this.code = code;
    this.data = data;
  }
}

/** @type {Promise<Record<string, Asset[]>> | null} */
let tiers = null;

/** @returns {Promise<Record<string, Asset[]>>} the list of assets by tier, fetched once */
function list() {
  tiers ??= fetch(new URL("../assets.json", import.meta.url)).then((response) => {
    if (!response.ok) throw new DownloadError("download-failed", { status: response.status });
    return response.json();
  });
  tiers.catch(() => (tiers = null));
  return tiers;
}

/** @param {string[]} names @returns {Promise<Asset[]>} */
export async function assetsOf(names) {
  const known = await list();
  return names.flatMap((name) => known[name] ?? []);
}

/** @param {BufferSource} bytes */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {Part} part @param {(bytes: number) => void} onBytes
 * @returns {Promise<Blob>}
 */
async function fetchPart(part, onBytes) {
  let received = 0;
  const line = new AbortController();
  const stalled = () => line.abort();
  let timer = setTimeout(stalled, STALLED_MS);
  try {
    const response = await fetch(absolute(part.url), { cache: "no-store", signal: line.signal });
    if (!response.ok || !response.body) {
      throw new DownloadError("download-refused", { status: response.status, url: part.url });
    }
    const chunks = [];
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (done) break;
      timer = setTimeout(stalled, STALLED_MS);
      chunks.push(value);
      received += value.length;
      onBytes(value.length);
    }
    const blob = new Blob(chunks);
    if ((await sha256(await blob.arrayBuffer())) !== part.sha256) {
      throw new DownloadError("download-corrupt", { url: part.url });
    }
    return blob;
  } catch (error) {
    onBytes(-received);
    if (error instanceof DownloadError) throw error;
    throw new DownloadError("download-failed", { url: part.url });
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Asset} asset @param {Blob[]} blobs */
async function assemble(asset, blobs) {
  const whole = new Blob(blobs).stream();
  const plain =
    asset.encoding === "gzip" ? whole.pipeThrough(new DecompressionStream("gzip")) : whole;
  const bytes = await new Response(plain).arrayBuffer();
  if ((await sha256(bytes)) !== asset.sha256) {
    throw new DownloadError("download-corrupt", { url: asset.url });
  }
  return bytes;
}

/**
 * @param {Asset} asset @param {Cache} cache @param {Cache} partsCache
 * @param {(bytes: number) => void} onBytes
 */
async function keep(asset, cache, partsCache, onBytes) {
  const blobs = [];
  for (const part of asset.parts) {
    const kept = await partsCache.match(absolute(part.url));
    const blob = kept ? await kept.blob() : await fetchPart(part, onBytes);
    if (kept) onBytes(part.bytes);
    else await partsCache.put(absolute(part.url), new Response(blob));
    blobs.push(blob);
  }
  const dropParts = () =>
    Promise.all(asset.parts.map((part) => partsCache.delete(absolute(part.url))));
  try {
    const bytes = await assemble(asset, blobs);
    const headers = { "Content-Type": asset.type, "Content-Length": String(bytes.byteLength) };
    await cache.put(absolute(asset.url), new Response(bytes, { headers }));
  } catch (error) {
    await dropParts(); // each part was right and the whole is not: start this file over
    throw error;
  }
  await dropParts();
}

/** @param {unknown} error */
function failure(error) {
  if (error instanceof DownloadError) return { code: error.code, data: error.data };
  if (error instanceof DOMException && error.name === "QuotaExceededError") {
    return { code: "storage-full", data: {} };
  }
  return { code: "download-failed", data: { detail: String(error) } };
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
    const cache = await caches.open(ASSETS_CACHE);
    let bytes = 0;
    for (const asset of await assetsOf(JSON.parse(names))) {
      if (await cache.match(absolute(asset.url))) continue;
      for (const part of asset.parts) bytes += part.bytes;
    }
    return bytes;
  } catch {
    return -1;
  }
}

/**
 * Brings every asset of the tiers into the cache.
 * @param {string} names JSON list of tiers
 * @param {(done: number, total: number) => void} onProgress in bytes of this download
 * @returns {Promise<string>} JSON text: {} or {"error": {"code", "data"}}
 */
export async function fetchTiers(names, onProgress) {
  try {
    const cache = await caches.open(ASSETS_CACHE);
    const partsCache = await caches.open(PARTS_CACHE);
    const wanted = [];
    for (const asset of await assetsOf(JSON.parse(names))) {
      if (!(await cache.match(absolute(asset.url)))) wanted.push(asset);
    }
    const total = wanted.flatMap((asset) => asset.parts).reduce((sum, part) => sum + part.bytes, 0);
    let done = 0;
    let shown = 0;
    const onBytes = (/** @type {number} */ bytes) => {
      done += bytes;
      const now = performance.now();
      if (now - shown < 100 && done < total) return;
      shown = now;
      onProgress(done, total);
    };
    for (const asset of wanted) await keep(asset, cache, partsCache, onBytes);
    return "{}";
  } catch (error) {
    return JSON.stringify({ error: failure(error) });
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
