// The page's side of the engine's worker. Calls are answered in order; frames are not queued: one
// is in flight, the newest waits, the rest are dropped. Every answer is JSON text, which is what
// MicroPython reads fastest, and an error is an answer too: {"error": {"code": ..., "data": ...}}.

import { working } from "./crash.mjs";

/** @typedef {import("./frames.mjs").Frame} Frame */

// A phone may end a worker in the background without a word; then no answer ever comes.
const FRAME_MS = 30_000;
// WebAssembly memory grows and never shrinks, and a phone ends a page that takes too much. Past this
// mark the worker is ended between two frames and a new one takes its place; no more often than
// this, because a model may simply need so much.
const HEAP_MARK = (/** @type {any} */ (navigator).deviceMemory ?? 4) > 4 ? 1 << 30 : 1 << 29;
const RENEW_EVERY_MS = 300_000;

/** @param {string} code @param {Record<string, unknown>} [data] */
const failure = (code, data = {}) => JSON.stringify({ error: { code, data } });

/** Milliseconds on a clock that the page and the worker share. */
const sharedNow = () => performance.timeOrigin + performance.now();

/**
 * Adds what only the page knows: how long the capture and the way back took.
 * @param {{ms?: object}} result @param {string} answer the same as JSON text
 * @param {number} capture @param {number} reply milliseconds
 */
function timed(result, answer, capture, reply) {
  if (!result.ms) return answer;
  return JSON.stringify({ ...result, ms: { capture, ...result.ms, reply } });
}

export class Bridge {
  /** @type {Worker | null} */ #worker = null;
  /** @type {Map<number, (answer: string, repliedAt: number) => void>} */ #pending = new Map();
  /** @type {{frame: Frame, resolve: (answer: string | null) => void} | null} */ #waiting = null;
  #inFlight = false;
  #answered = false; // by the worker that runs now
  #lastId = 0;
  #offline = false;
  /** What makes a new worker like the one before. @type {Map<string, object>} */ #replay = new Map();
  #renewedAt = -Infinity;
  #heap = 0; // bytes, as the worker last said, or a little less
  dropped = 0;
  heapMark = HEAP_MARK; // bytes

  /** @param {string} workerUrl */
  constructor(workerUrl) {
    this.workerUrl = workerUrl;
  }

  /**
   * Whether the next worker is refused the network by sw.js, because all it needs is kept.
   * @param {boolean} refused
   */
  refuseNetwork(refused) {
    this.#offline = refused;
  }

  /**
   * Calls an operation of the worker.
   * @param {string} operation
   * @param {object} [argument]
   * @param {number} [timeout] milliseconds after which the worker is ended; 0 waits for ever
   * @returns {Promise<string>} JSON text
   */
  async call(operation, argument = {}, timeout = 0) {
    if (operation === "start" || operation === "model") this.#replay.set(operation, argument);
    const { answer } = await this.#post(operation, argument, [], timeout);
    if (operation === "model") this.#note(0);
    return answer;
  }

  /** Whether the worker has something to do. */
  get busy() {
    return this.#pending.size > 0;
  }

  /** Leaves word of what is at work. @param {number} heap bytes */
  #note(heap) {
    if (heap && heap < 1.05 * this.#heap) return;
    this.#heap = heap;
    const { id, width, height } = /** @type {any} */ (this.#replay.get("model") ?? {});
    working({ model: id, width, height, heap });
  }

  /**
   * Offers a frame to the detector. It belongs to the bridge from here on.
   * @param {Frame} frame
   * @returns {Promise<string | null>} JSON text; null when a newer frame took its place
   */
  submit(frame) {
    return new Promise((resolve) => {
      this.#drop();
      this.#waiting = { frame, resolve };
      this.#next();
    });
  }

  /**
   * Has one picture looked at, whatever else is waiting; for single pictures.
   * @param {Frame} frame
   * @returns {Promise<string>} JSON text
   */
  ask(frame) {
    return this.#send(frame);
  }

  /** Ends the worker; what was under way is answered with `engine-stopped`. */
  terminate(code = "engine-stopped", data = {}) {
    this.#worker?.terminate();
    this.#worker = null;
    this.#replay.clear();
    this.#heap = 0;
    working(null);
    this.#drop();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const resolve of pending) resolve(failure(code, data), sharedNow());
  }

  /** @param {number} id @param {string} answer @param {number} repliedAt */
  #answer(id, answer, repliedAt) {
    this.#pending.get(id)?.(answer, repliedAt);
    this.#pending.delete(id);
  }

  #drop() {
    if (!this.#waiting) return;
    this.#waiting.frame.close();
    this.#waiting.resolve(null);
    this.#waiting = null;
    this.dropped += 1;
  }

  async #next() {
    if (this.#inFlight || !this.#waiting) return;
    const { frame, resolve } = this.#waiting;
    this.#waiting = null;
    this.#inFlight = true;
    const answer = await this.#send(frame);
    this.#inFlight = false;
    resolve(answer);
    this.#next();
  }

  /** @param {Frame} frame @returns {Promise<string>} */
  async #send(frame) {
    const message = { ...frame.message, sentAt: sharedNow() };
    const { answer, repliedAt } = await this.#post("frame", message, frame.transfer, FRAME_MS);
    const result = JSON.parse(answer);
    if (result.heap) this.#note(result.heap);
    if (result.heap > this.heapMark) this.#renew();
    return timed(result, answer, frame.captureMs, sharedNow() - repliedAt);
  }

  /** Ends a worker that holds too much; what is asked next waits until the new one is like it. */
  #renew() {
    const now = performance.now();
    const soon = now - this.#renewedAt < RENEW_EVERY_MS;
    if (soon || this.#pending.size || !this.#replay.has("model")) return;
    this.#renewedAt = now;
    this.#worker?.terminate();
    this.#worker = null;
    for (const [operation, argument] of this.#replay) this.#post(operation, argument, [], 0);
    performance.mark("engine:renewed");
  }

  /** @returns {Worker} */
  #started() {
    if (this.#worker) return this.#worker;
    const address = this.#offline ? `${this.workerUrl}?kept` : this.workerUrl;
    const worker = new Worker(address, { type: "module", name: "mekiki-engine" });
    this.#answered = false;
    worker.onmessage = ({ data: { id, answer, repliedAt } }) => {
      this.#answered = true;
      this.#answer(id, answer, repliedAt);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const detail = event.message || "worker.mjs";
      this.terminate(this.#answered ? "engine-crashed" : "engine-start-failed", { detail });
    };
    this.#worker = worker;
    working({});
    return worker;
  }

  /**
   * @param {string} operation @param {object} argument @param {Transferable[]} transfer
   * @param {number} timeout @returns {Promise<{answer: string, repliedAt: number}>}
   */
  #post(operation, argument, transfer, timeout) {
    const id = (this.#lastId += 1);
    const worker = this.#started();
    return new Promise((resolve) => {
      const timer = timeout
        ? setTimeout(() => this.terminate("engine-timeout", { operation, ms: timeout }), timeout)
        : 0;
      this.#pending.set(id, (answer, repliedAt) => {
        clearTimeout(timer);
        resolve({ answer, repliedAt });
      });
      try {
        worker.postMessage({ id, operation, argument }, transfer);
      } catch (error) {
        this.#answer(id, failure("frame-invalid", { detail: String(error) }), sharedNow());
      }
    });
  }
}

/** @param {string} workerUrl relative to this module */
export const connect = (workerUrl) => new Bridge(new URL(workerUrl, import.meta.url).href);
