// Brings one part over a line that may break: tries again after a while, and goes on in the middle
// of a part where the host can.
import { absolute, DownloadError, sha256 } from "../assets.mjs";

/** @typedef {import("../assets.mjs").Part} Part */
/**
 * @typedef {object} Hooks
 * @property {AbortSignal} signal
 * @property {(bytes: number) => void} onBytes arrived; fewer than none when some were in vain
 * @property {() => void} onNearlyDone the next request would be answered as this one ends
 * @property {(seconds: number) => void} onWaiting the line is broken and tried again then
 */

// A line on which nothing arrives for so long is taken as broken.
const STALLED_MS = 20_000;
// Waits between tries that brought nothing, in seconds; after the last one it is given up.
const WAITS = [0.5, 1, 2, 4];
const MOST_WAIT = 30; // a host may ask for more, but nobody looks at a still picture for so long
const BUSY = [408, 425, 429, 500, 502, 503, 504];

/** What has arrived of parts that were broken off, for as long as this module lives.
 *  @type {Map<string, {chunks: Uint8Array<ArrayBuffer>[], received: number}>} */
const begun = new Map();

/** Forgets a part that is kept elsewhere now. @param {Part} part */
export const settled = (part) => begun.delete(part.url);

/** Forgets what arrived of parts that were broken off. */
export const forget = () => begun.clear();

/** @param {number} seconds @param {AbortSignal} signal */
function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error("stopped"));
    signal.addEventListener("abort", stop, { once: true });
    setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve(undefined);
    }, seconds * 1000);
  });
}

/** @param {Response} response @returns {number} seconds, 0 when the host does not say */
function retryAfter(response) {
  const said = response.headers.get("Retry-After") ?? "";
  const seconds = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
  return Math.min(MOST_WAIT, Math.max(0, seconds || 0));
}

class Busy extends Error {
  /** @param {number} status @param {number} seconds */
  constructor(status, seconds) {
    super(`HTTP ${status}`);
    this.status = status;
    this.seconds = seconds;
  }
}

/**
 * One request; what arrives is added to `state`.
 * @param {Part} part @param {{chunks: Uint8Array<ArrayBuffer>[], received: number}} state
 * @param {Hooks} hooks @param {boolean} afresh past every cache on the way
 */
async function once(part, state, hooks, afresh) {
  const stall = new AbortController();
  const stop = () => stall.abort();
  hooks.signal.addEventListener("abort", stop, { once: true });
  let timer = setTimeout(stop, STALLED_MS);
  const asked = performance.now();
  try {
    const headers = state.received ? { Range: `bytes=${state.received}-` } : undefined;
    const address = absolute(part.url) + (afresh ? `?again=${Date.now()}` : "");
    const response = await fetch(address, { cache: "no-store", signal: stall.signal, headers });
    if (BUSY.includes(response.status)) throw new Busy(response.status, retryAfter(response));
    if (!response.ok || !response.body) {
      throw new DownloadError("download-refused", { status: response.status, url: part.url });
    }
    if (response.status !== 206 && state.received) drop(state, hooks); // the whole part anew
    const latency = performance.now() - asked;
    const from = state.received;
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (done) break;
      timer = setTimeout(stop, STALLED_MS);
      state.chunks.push(value);
      state.received += value.length;
      hooks.onBytes(value.length);
      if (state.received > part.bytes) break; // not our part, however long it is
      const perMs = (state.received - from) / (performance.now() - asked - latency + 1);
      if (part.bytes - state.received <= perMs * latency) hooks.onNearlyDone();
    }
    stall.abort(); // a body that is too long is not waited for
  } finally {
    clearTimeout(timer);
    hooks.signal.removeEventListener("abort", stop);
  }
}

/** @param {{chunks: unknown[], received: number}} state @param {Hooks} hooks */
function drop(state, hooks) {
  hooks.onBytes(-state.received);
  state.chunks.length = state.received = 0;
}

/** @param {Blob} blob what came instead of a part */
async function isPage(blob) {
  return /^\s*<(!doctype|html|head|\?xml)/i.test(await blob.slice(0, 200).text());
}

/**
 * Fetches one part and checks it. It is held until it is settled(): should the device have no room
 * for it now, it need not come again.
 * @param {Part} part @param {Hooks} hooks @returns {Promise<Blob>}
 */
export async function fetchPart(part, hooks) {
  const state = begun.get(part.url) ?? { chunks: [], received: 0 };
  begun.set(part.url, state);
  hooks.onBytes(state.received);
  for (let wait = 0, damaged = false; ; ) {
    const before = state.received;
    let seconds = 0;
    try {
      if (state.received < part.bytes) await once(part, state, hooks, damaged);
      if (state.received >= part.bytes) {
        const blob = new Blob(state.chunks);
        if (blob.size === part.bytes && (await sha256(await blob.arrayBuffer())) === part.sha256) {
          return blob;
        }
      }
      // Something came to its end and is not the part: a shorter answer, or a damaged one.
      const page = await isPage(new Blob(state.chunks));
      drop(state, hooks);
      if (page) throw new DownloadError("download-portal", { url: part.url });
      if (damaged) throw new DownloadError("download-corrupt", { url: part.url });
      damaged = true;
      continue;
    } catch (error) {
      if (hooks.signal.aborted) throw error;
      if (error instanceof DownloadError) {
        begun.delete(part.url);
        throw error;
      }
      if (error instanceof Busy) seconds = error.seconds;
      if (state.received > before) wait = 0; // it goes on, if only piece by piece
      // Without any line there is nothing to try; the page goes on when there is one again.
      if (wait === WAITS.length || !navigator.onLine) {
        if (error instanceof Busy) {
          throw new DownloadError("download-refused", { status: error.status, url: part.url });
        }
        throw new DownloadError("download-failed", { url: part.url });
      }
    }
    // Not all at once: whoever was cut off together would come back together.
    seconds = Math.max(seconds, WAITS[wait] * (0.75 + Math.random() / 2));
    wait += 1;
    hooks.onWaiting(seconds);
    await pause(seconds, hooks.signal);
  }
}
