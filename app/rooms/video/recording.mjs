// Writes the canvas of a video, with the boxes that were drawn on it, into a new video file at the
// times of the old one, and copies its sound.

import {
  CanvasSource,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  Quality,
  WebMOutputFormat,
} from "mediabunny";
import { space } from "./space.mjs";

/** @typedef {import("mediabunny").OutputFormat} OutputFormat */
/** @typedef {import("mediabunny").InputAudioTrack} InputAudioTrack */

/** @typedef {{make: () => OutputFormat, codecs: import("mediabunny").VideoCodec[]}} Container */

// HEVC is not played everywhere, and AV1 is too slow where a phone encodes in software.
/** @type {Container} */
const MP4 = { make: () => new Mp4OutputFormat({ fastStart: false }), codecs: ["avc"] };
/** @type {Container} */
const WEBM = { make: () => new WebMOutputFormat(), codecs: ["vp9", "vp8"] };

/** The sound of a file, copied packet by packet beside the pictures. */
class Sound {
  /** @type {AsyncGenerator<import("mediabunny").EncodedPacket, void> | null} */ #packets;
  /** @type {import("mediabunny").EncodedPacket | null} */ #next = null;

  /** @param {InputAudioTrack} track @param {EncodedAudioPacketSource} source
   * @param {AudioDecoderConfig} config */
  constructor(track, source, config) {
    this.source = source;
    this.config = config;
    this.#packets = new EncodedPacketSink(track).packets();
  }

  /** Copies what is heard before a time. @param {number} time seconds */
  async copyUntil(time) {
    while (this.#packets) {
      if (!this.#next) {
        const { value, done } = await this.#packets.next();
        if (done || !value) {
          this.close();
          return;
        }
        this.#next = value;
      }
      if (this.#next.timestamp >= time) return;
      if (this.#next.timestamp >= 0) {
        await this.source.add(this.#next, { decoderConfig: this.config });
      }
      this.#next = null;
    }
  }

  close() {
    if (!this.#packets) return;
    this.#packets.return();
    this.#packets = null;
    this.source.close();
  }
}

/** @param {InputAudioTrack | null} track @param {Output} output @returns {Promise<Sound | null>} */
async function soundOf(track, output) {
  const codec = await track?.getCodec();
  const config = await track?.getDecoderConfig();
  if (!track || !codec || !config) return null;
  if (!output.format.getSupportedAudioCodecs().includes(codec)) return null;
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  return new Sound(track, source, config);
}

export class Recorder {
  #failed = false;

  /** @param {Output} output @param {import("./space.mjs").Space} written @param {CanvasSource} source
   * @param {Sound | null} sound @param {boolean} muted whether there is sound that is not copied */
  constructor(output, written, source, sound, muted) {
    this.output = output;
    this.written = written;
    this.source = source;
    this.sound = sound;
    this.extension = output.format.fileExtension; // with its dot
    this.muted = muted;
  }

  /**
   * Adds what is on the canvas.
   * @param {number} time @param {number} duration seconds
   * @returns {Promise<boolean>} false when the browser's encoder has failed; the rest goes without
   */
  async add(time, duration) {
    if (this.#failed) return false;
    try {
      await this.source.add(Math.max(0, time), duration);
      await this.sound?.copyUntil(time + duration);
      return true;
    } catch (error) {
      console.info("The annotated video is not recorded:", error);
      await this.cancel();
      return false;
    }
  }

  /** Ends the file, which stays until free(). @returns {Promise<Blob | null>} null when it failed */
  async finish() {
    if (this.#failed) return null;
    try {
      this.source.close();
      this.sound?.close();
      await this.output.finalize();
      return await this.written.blob(this.output.format.mimeType);
    } catch (error) {
      console.info("The annotated video is not recorded:", error);
      return null;
    }
  }

  /** Gives up the file. */
  async cancel() {
    this.#failed = true;
    this.sound?.close();
    try {
      await this.output.cancel();
    } catch {
      // It was over already.
    }
    this.free();
  }

  /** Gives its space back. */
  free() {
    this.written.free();
  }
}

/**
 * Starts a recording of a video's canvas, in a container like the video's own where possible.
 * @param {import("./video.mjs").Video} video
 * @returns {Promise<Recorder | null>} null when the browser cannot record
 */
export async function record(video) {
  if (!("VideoEncoder" in globalThis)) return null;
  const { width, height } = video.canvas;
  const quality = new Quality("high");
  try {
    const type = await video.input.getMimeType();
    for (const { make, codecs } of type.includes("webm") ? [WEBM, MP4] : [MP4, WEBM]) {
      const codec = await getFirstEncodableVideoCodec(codecs, { width, height, quality });
      if (!codec) continue;
      const written = await space();
      const output = new Output({ format: make(), target: written.target });
      const source = new CanvasSource(video.canvas, { codec, quality });
      output.addVideoTrack(source);
      const track = await video.input.getPrimaryAudioTrack();
      const sound = await soundOf(track, output);
      await output.start();
      return new Recorder(output, written, source, sound, track !== null && sound === null);
    }
  } catch (error) {
    console.info("The annotated video is not recorded:", error);
  }
  return null;
}
