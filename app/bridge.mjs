// The page's side of the engine's worker. Calls are answered in order; frames are not queued: one
// is in flight, the newest waits, the rest are dropped. Every answer is JSON text, which is what
// MicroPython reads fastest, and an error is an answer too: {"error": {"code": ..., "data": ...}}.

/** @typedef {import("./frames.mjs").Frame} Frame */

// A phone may end a worker in the background without a word; then no answer ever comes.
const FRAME_MS = 30_000;

/** @param {string} code @param {Record<string, unknown>} [data] */
const failure = (code, data = {}) => JSON.stringify({ error: { code, data } });

/** Milliseconds on a clock that the page and the worker share. */
const sharedNow = () => performance.timeOrigin + performance.now();

/**
 * Adds what only the page knows: how long the capture and the way back took.
 * @param {string} answer @param {number} capture @param {number} reply milliseconds
 */
function timed(answer, capture, reply) {
  const result = JSON.parse(answer);
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
  dropped = 0;

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
    return (await this.#post(operation, argument, [], timeout)).answer;
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
    return timed(answer, frame.captureMs, sharedNow() - repliedAt);
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
