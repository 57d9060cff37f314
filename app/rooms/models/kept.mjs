// What of a model is kept on this device, and how to be rid of it.
import { absolute, assetsOf } from "../../download.mjs";
import { ASSETS_CACHE, PARTS_CACHE } from "../../caches.mjs";

/**
 * Deletes the files of a tier, and parts of a download that was broken off.
 * @param {string} tier
 * @returns {Promise<number>} bytes that are free now; -1 when the browser refused
 */
export async function remove(tier) {
  try {
    const files = await caches.open(ASSETS_CACHE);
    const parts = await caches.open(PARTS_CACHE);
    let freed = 0;
    for (const asset of await assetsOf([tier])) {
      if (await files.delete(absolute(asset.url))) freed += asset.bytes;
      for (const part of asset.parts) {
        if (await parts.delete(absolute(part.url))) freed += part.bytes;
      }
    }
    return freed;
  } catch {
    return -1;
  }
}

/**
 * @param {string} tier
 * @returns {Promise<number>} bytes that its files take on this device, once they are all here
 */
export async function bytes(tier) {
  try {
    return (await assetsOf([tier])).reduce((sum, asset) => sum + asset.bytes, 0);
  } catch {
    return -1;
  }
}
