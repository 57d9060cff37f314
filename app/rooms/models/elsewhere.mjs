// Fetches a model that others serve, when the person has read its licence and asked for it: from
// the addresses in turn, watched as it arrives, and thrown away unless it is what the site's list
// says. The page's policy (connect-src) names their hosts.
import { sha256 } from "../../download.mjs";
import * as own from "../../own.mjs";

const STALLED_MS = 20_000; // as in download.mjs

/**
 * @param {string} url @param {number} bytes @param {AbortSignal} signal
 * @param {(done: number) => void} onBytes
 * @returns {Promise<Blob>}
 */
async function fetched(url, bytes, signal, onBytes) {
  const line = new AbortController();
  signal.addEventListener("abort", () => line.abort());
  let timer = setTimeout(() => line.abort(), STALLED_MS);
  try {
    const response = await fetch(url, {
      signal: line.signal,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
    });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    /** @type {BlobPart[]} */ const chunks = [];
    let done = 0;
    for (const reader = response.body.getReader(); ; ) {
      const { done: ended, value } = await reader.read();
      clearTimeout(timer);
      if (ended) return new Blob(chunks);
      timer = setTimeout(() => line.abort(), STALLED_MS);
      chunks.push(/** @type {BlobPart} */ (value));
      done += value.length;
      if (done > bytes) throw new Error("longer than it should be");
      onBytes(done);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** @type {AbortController | null} */ let underWay = null;

/** Stops the download under way. */
export const cancel = () => underWay?.abort();

/**
 * Brings a model here and keeps it.
 * @param {string} id
 * @param {string} source JSON text {"urls", "bytes", "sha256"}
 * @param {(done: number) => void} onBytes
 * @returns {Promise<string>} "" or the code of what went wrong
 */
export async function take(id, source, onBytes) {
  /** @type {{urls: string[], bytes: number, sha256: string}} */
  const { urls, bytes, sha256: wanted } = JSON.parse(source);
  underWay = new AbortController();
  const { signal } = underWay;
  let code = "elsewhere-failed";
  for (const url of urls) {
    try {
      const address = new URL(url, document.baseURI).href;
      const blob = await fetched(address, bytes, signal, onBytes);
      if ((await sha256(await blob.arrayBuffer())) === wanted) return await own.keep(id, blob, "", "");
      code = "elsewhere-other"; // the host serves another file by now
    } catch (error) {
      console.info(`${url} did not give the model:`, error);
    }
    if (signal.aborted) {
      code = "elsewhere-cancelled";
      break;
    }
  }
  return code;
}
