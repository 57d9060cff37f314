// Whether what is to be kept will fit.
import { DownloadError } from "../assets.mjs";

/** @typedef {import("../assets.mjs").Asset} Asset */

const MARGIN = 1.05; // caches keep a little more than the bytes

/**
 * Asks the browser for the room that it has, before anything is fetched.
 * @param {Asset[]} assets to be kept
 * @throws {DownloadError} `storage-short` with the bytes `needed` and `free`
 */
export async function reserve(assets) {
  // Not every browser tells (WebKitGTK); then a write that does not fit does.
  const estimate = await navigator.storage?.estimate?.().catch(() => null);
  if (!estimate?.quota) return;
  // The parts of one file are there beside the file itself, until it is whole.
  const whole = assets.reduce((sum, asset) => sum + asset.bytes, 0);
  const parts = assets.map((asset) => asset.parts.reduce((sum, part) => sum + part.bytes, 0));
  const needed = Math.ceil((whole + Math.max(0, ...parts)) * MARGIN);
  const free = Math.max(0, estimate.quota - (estimate.usage ?? 0));
  if (needed > free) throw new DownloadError("storage-short", { needed, free });
}
