// A video file, one picture after the other: the detector gets it, and when its boxes are known it is
// presented on a canvas, where they are drawn, and where the recorder takes it from. MicroPython asks
// for the next when it is done with the last, so nothing piles up.

import {
  BlobSource,
  Input,
  Logging,
  LogLevel,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
} from "mediabunny";
import { decoded, forget, playable, sought } from "./decoding.mjs";
import { SLACK, factsOf } from "./facts.mjs";

/** @typedef {import("../../frames.mjs").Frame} Frame */
/** @typedef {import("mediabunny").InputVideoTrack} Track */
/** @typedef {import("./facts.mjs").Facts} Facts */

// Also what encoders of phones take.
const LARGEST_SIDE = 1920;

Logging.level = LogLevel.Errors; // what it warns of, the person is told in our words

/** @param {string} code @param {Record<string, unknown>} [data] */
const failure = (code, data = {}) => JSON.stringify({ error: { code, data } });

/** @param {number} length @param {number} scale @returns {number} even, as most encoders want it */
const even = (length, scale) => Math.max(2, Math.round((length * scale) / 2) * 2);

export class Video {
  #time = 0; // of the picture, seconds
  #end = 0; // of it, seconds
  #raw = document.createElement("canvas"); // the picture that the detector looks at
  #rawContext = this.#raw.getContext("2d");
  canvas = document.createElement("canvas"); // the one before it, until its boxes are known
  #context = this.canvas.getContext("2d");
  /** @type {AsyncGenerator<import("./decoding.mjs").Picture, void>} */ #pictures;
  #closed = false;

  /**
   * @param {Blob} file
   * @param {Input} input
   * @param {Track} track
   * @param {HTMLVideoElement | null} player where the browser cannot decode but play it
   * @param {Facts} facts
   */
  constructor(file, input, track, player, { width, height, duration, frames, codec, span }) {
    this.file = file;
    this.input = input;
    this.track = track;
    this.player = player;
    this.width = width;
    this.height = height;
    this.duration = duration;
    this.frames = frames;
    this.codec = codec;
    this.usualSpan = span;
    const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
    for (const canvas of [this.#raw, this.canvas]) {
      canvas.width = even(width, scale); // at most 1920
      canvas.height = even(height, scale);
    }
    this.#pictures = player ? sought(track, player) : decoded(track);
  }

  /**
   * Takes the next picture.
   * @returns {Promise<string>} JSON text: {"time", "duration"} in seconds, {"end": true}, or an
   *   error `video-damaged`: what comes after the last time cannot be read
   */
  async next() {
    try {
      const { value, done } = await this.#pictures.next();
      if (this.#closed || done || !value) {
        value?.close();
        const cut = !this.#closed && this.duration - this.#end > SLACK;
        return cut ? failure("video-damaged") : JSON.stringify({ end: true });
      }
      const { time } = value;
      const duration = value.duration || this.usualSpan; // WebM need not tell the last one's
      this.#time = time;
      this.#end = time + duration;
      if (this.#rawContext) value.draw(this.#rawContext);
      value.close();
      return JSON.stringify({ time, duration });
    } catch (error) {
      if (await this.#otherwise()) return this.next();
      return failure("video-damaged", { detail: String(error) });
    }
  }

  /** A decoder that fails at once may say that it can: then the browser's player is asked. */
  async #otherwise() {
    if (this.#end || this.player) return false;
    this.player = await playable(this.file);
    if (this.player) this.#pictures = sought(this.track, this.player);
    return this.player !== null;
  }

  /**
   * The picture for the detector.
   * @param {string} more JSON text of what else the worker is told
   * @returns {Promise<Frame>}
   */
  async frame(more) {
    const startedAt = performance.now();
    const picture =
      "VideoFrame" in globalThis
        ? new VideoFrame(this.#raw, { timestamp: Math.round(this.#time * 1e6) })
        : await createImageBitmap(this.#raw);
    return {
      message: {
        ...JSON.parse(more),
        picture,
        sourceWidth: this.width,
        sourceHeight: this.height,
      },
      transfer: [picture],
      captureMs: performance.now() - startedAt,
      close: () => picture.close(),
    };
  }

  /** Shows the picture on the canvas, for boxes to be drawn on it. */
  present() {
    this.#context?.drawImage(this.#raw, 0, 0);
  }

  /** Ends decoding and frees the file. */
  async close() {
    this.#closed = true;
    try {
      await this.#pictures.return();
    } catch {
      // It had ended with an error.
    }
    this.input.dispose();
    if (this.player) forget(this.player);
  }
}

/** @param {Input} input @param {Blob} file @returns {Promise<Video | string>} */
async function opened(input, file) {
  const track = await input.getPrimaryVideoTrack();
  if (!track) return failure("video-unreadable");
  const facts = await factsOf(input, track);
  if (!facts.frames || !facts.width || !facts.height) return failure("video-unreadable");
  if ("VideoDecoder" in globalThis && (await track.canDecode())) {
    return new Video(file, input, track, null, facts);
  }
  const player = await playable(file);
  if (player) return new Video(file, input, track, player, facts);
  return failure("video-codec-unsupported", { codec: facts.codec });
}

/**
 * Opens a video file.
 * @param {File} file
 * @returns {Promise<Video | string>} the video, or JSON text of an error: `video-unreadable` or
 *   `video-codec-unsupported`
 */
export async function open(file) {
  const formats = [MP4, QTFF, WEBM, MATROSKA];
  const input = new Input({ source: new BlobSource(file), formats });
  let video;
  try {
    video = await opened(input, file);
  } catch (error) {
    video = failure("video-unreadable", { detail: String(error) });
  }
  if (typeof video === "string") input.dispose();
  return video;
}
