// One download: the parts of all files that lack, in order, each verified and kept as it arrives;
// files are unpacked while the next ones come.
import { ASSETS_CACHE, PARTS_CACHE } from "../caches.mjs";
import { absolute, DownloadError, held } from "../assets.mjs";
import { Lanes } from "./lanes.mjs";
import { fetchPart, settled } from "./line.mjs";
import { alone } from "./locks.mjs";
import { Rate } from "./rate.mjs";
import { reserve } from "./room.mjs";
import { dropWrongParts, unpack } from "./unpack.mjs";

/** @typedef {import("../assets.mjs").Asset} Asset */
/** @typedef {import("../assets.mjs").Part} Part */
/** @typedef {{done: number, total: number, rate: number, waiting: number}} Progress bytes, bytes a
 *   second, and the seconds after which a broken line is tried again */

const SHOWN_EVERY_MS = 100;

export class Job {
  #lanes = new Lanes();
  #rate = new Rate();
  #stop = new AbortController();
  /** @type {unknown} */ #reason = null;
  #unpacking = Promise.resolve();
  #done = 0;
  #total = 0;
  #shown = 0;

  /** @param {(progress: Progress) => void} onProgress */
  constructor(onProgress) {
    this.onProgress = onProgress;
  }

  /**
   * Ends the download; what has arrived is kept.
   * @param {unknown} reason @param {boolean} [gently] what is under way comes to its end: without
   *   room on the device it is still held in memory, and need not come again
   */
  stop(reason, gently = false) {
    this.#reason ??= reason;
    if (!gently) this.#stop.abort();
  }

  /** @param {Asset[]} assets @throws {DownloadError} */
  async run(assets) {
    const files = (this.files = await caches.open(ASSETS_CACHE));
    this.parts = await caches.open(PARTS_CACHE);
    const here = await held(files);
    const wanted = assets.filter((asset) => !here.has(absolute(asset.url)));
    await reserve(wanted);
    for (const asset of wanted) for (const part of asset.parts) this.#total += part.bytes;
    // The first that cannot be had ends the others, which then fail, too, but decide nothing.
    const failed = (/** @type {Error} */ error) => {
      if (!this.#reason) this.stop(error, error.name === "QuotaExceededError");
    };
    await Promise.all(wanted.map((asset) => this.#bring(asset).catch(failed)));
    if (this.#reason) throw this.#reason;
  }

  /** @param {number} bytes @param {number} waiting */
  #tell(bytes, waiting = 0) {
    this.#done += bytes;
    const now = performance.now();
    if (!waiting && now - this.#shown < SHOWN_EVERY_MS && this.#done < this.#total) return;
    this.#shown = now;
    const rate = Math.round(this.#rate.perSecond(now));
    this.onProgress({ done: this.#done, total: this.#total, rate, waiting });
  }

  /** @param {Asset} asset */
  async #bring(asset) {
    await this.#parts(asset);
    // One file after the other: each takes its size in memory while it is unpacked.
    const turn = this.#unpacking.then(() => this.#finish(asset));
    this.#unpacking = turn.catch(() => {});
    await turn;
  }

  /** @param {Asset} asset */
  async #parts(asset) {
    await Promise.all(asset.parts.map((part) => this.#part(asset, part)));
  }

  /** @param {Asset} asset @param {Part} part */
  async #part(asset, part) {
    await this.#lanes.enter();
    let inLane = true;
    const leave = () => {
      if (inLane) this.#lanes.leave();
      inLane = false;
    };
    try {
      const signal = this.#stop.signal;
      if (this.#reason) throw new Error("stopped");
      await alone(part.url, signal, async () => {
        if (await this.#has(asset, part)) {
          this.#tell(part.bytes);
          return;
        }
        const blob = await fetchPart(part, {
          signal,
          onNearlyDone: leave,
          onWaiting: (seconds) => this.#tell(0, seconds),
          onBytes: (bytes) => {
            this.#rate.add(bytes);
            this.#tell(bytes);
          },
        });
        await this.parts?.put(absolute(part.url), new Response(blob));
        settled(part);
        this.#lanes.measured(this.#rate.perSecond());
      });
    } finally {
      leave();
    }
  }

  /**
   * Whether another tab, or an earlier try, has brought this part. Parts are deleted after the
   * whole file is there, so asking in this order cannot miss both.
   * @param {Asset} asset @param {Part} part
   */
  async #has(asset, part) {
    if (await this.parts?.match(absolute(part.url))) return true;
    return Boolean(await this.files?.match(absolute(asset.url)));
  }

  /** @param {Asset} asset */
  async #finish(asset) {
    const [files, parts, signal] = [this.files, this.parts, this.#stop.signal];
    if (!files || !parts) return;
    await alone(asset.url, signal, async () => {
      if (await files.match(absolute(asset.url))) return; // by another tab
      try {
        await unpack(asset, files, parts);
      } catch (error) {
        if (!(error instanceof DownloadError)) throw error;
        // What was kept of an earlier try may have been damaged since: only that is fetched anew.
        const wrong = await dropWrongParts(asset, parts);
        if (!wrong) await Promise.all(asset.parts.map((part) => parts.delete(absolute(part.url))));
        if (!wrong) throw error;
        await this.#parts(asset);
        await unpack(asset, files, parts);
      }
      await Promise.all(asset.parts.map((part) => parts.delete(absolute(part.url))));
    });
  }
}
