// The list of the big files, which the build writes: assets.json.

/** @typedef {{url: string, bytes: number, sha256: string}} Part */
/**
 * @typedef {object} Asset
 * @property {string} url relative to the site
 * @property {number} bytes @property {string} sha256
 * @property {"xz" | "identity"} encoding of the parts taken together
 * @property {string} type MIME type
 * @property {Part[]} parts
 */

const SITE = new URL("../..", import.meta.url);
export const absolute = (/** @type {string} */ url) => new URL(url, SITE).href;

/** A failure in words of the app: a code, and data for its text. */
export class DownloadError extends Error {
  /** @param {string} code @param {Record<string, unknown>} [data] */
  constructor(code, data = {}) {
    super(code);
    this.code = code;
    this.data = data;
  }
}

/** @type {Promise<Record<string, Asset[]>> | null} */
let tiers = null;

/** @returns {Promise<Record<string, Asset[]>>} the list of assets by tier, fetched once */
export function list() {
  tiers ??= fetch(new URL("../assets.json", import.meta.url)).then((response) => {
    if (!response.ok) throw new DownloadError("download-failed", { status: response.status });
    return response.json();
  });
  tiers.catch(() => (tiers = null));
  return tiers;
}

/** @param {string[]} names of tiers @returns {Promise<Asset[]>} their files, each once */
export async function assetsOf(names) {
  const known = await list();
  const files = names.flatMap((name) => known[name] ?? []);
  return [...new Map(files.map((asset) => [asset.url, asset])).values()];
}

/** @param {Cache} cache @returns {Promise<Set<string>>} the addresses of what it holds */
export async function held(cache) {
  return new Set((await cache.keys()).map((request) => request.url));
}

/** @param {BufferSource} bytes */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {unknown} error @returns {{code: string, data: Record<string, unknown>}} */
export function failure(error) {
  if (error instanceof DownloadError) return { code: error.code, data: error.data };
  if (error instanceof DOMException && error.name === "QuotaExceededError") {
    return { code: "storage-full", data: {} };
  }
  return { code: "download-failed", data: { detail: String(error) } };
}
