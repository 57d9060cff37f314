// Compares what is kept with the build's list, byte for byte.
import { ASSETS_CACHE } from "../caches.mjs";
import { absolute, assetsOf, sha256 } from "../assets.mjs";

/**
 * Deletes the kept files that are not what they should be.
 * @param {string[]} names of tiers
 * @param {(done: number, total: number) => void} onFile after each file
 * @returns {Promise<{wrong: string[], absent: string[], bytes: number}>} addresses, and the bytes
 *   on the line that would mend it
 */
export async function check(names, onFile) {
  const cache = await caches.open(ASSETS_CACHE);
  const found = { wrong: /** @type {string[]} */ ([]), absent: /** @type {string[]} */ ([]), bytes: 0 };
  const assets = await assetsOf(names);
  for (const [index, asset] of assets.entries()) {
    const kept = await cache.match(absolute(asset.url));
    if (!kept || (await sha256(await kept.arrayBuffer())) !== asset.sha256) {
      if (kept) await cache.delete(absolute(asset.url));
      found[kept ? "wrong" : "absent"].push(asset.url);
      for (const part of asset.parts) found.bytes += part.bytes;
    }
    onFile(index + 1, assets.length);
  }
  return found;
}
