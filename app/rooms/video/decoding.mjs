// The pictures of a video, each once and in order, with the times that the file gives them.

import { EncodedPacketSink, VideoSampleSink } from "mediabunny";

/** @typedef {import("mediabunny").InputVideoTrack} Track */

/**
 * A picture of a video. It is drawn at once and not kept: browsers stop decoding when a few are.
 * @typedef {object} Picture
 * @property {number} time seconds
 * @property {number} duration seconds
 * @property {(context: CanvasRenderingContext2D) => void} draw fills the canvas, turned upright
 * @property {() => void} close
 */

/**
 * Decodes as fast as the pictures are taken: WebCodecs, off the main thread.
 * @param {Track} track
 * @returns {AsyncGenerator<Picture, void>}
 */
export async function* decoded(track) {
  for await (const sample of new VideoSampleSink(track).samples()) {
    yield {
      time: sample.timestamp,
      duration: sample.duration,
      draw: (context) =>
        sample.draw(context, 0, 0, context.canvas.width, context.canvas.height),
      close: () => sample.close(),
    };
  }
}

/** @param {HTMLVideoElement} video @param {string} event @returns {Promise<void>} */
function happens(video, event) {
  const over = new AbortController();
  const { signal } = over;
  return /** @type {Promise<void>} */ (
    new Promise((resolve, reject) => {
      video.addEventListener(event, () => resolve(), { signal });
      video.addEventListener("error", () => reject(video.error), { signal });
    })
  ).finally(() => over.abort());
}

/** @param {Track} track @returns {Promise<{time: number, duration: number}[]>} by time */
async function timesOf(track) {
  const times = [];
  for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, {
    metadataOnly: true,
  })) {
    times.push({ time: packet.timestamp, duration: packet.duration });
  }
  return times.sort((one, other) => one.time - other.time);
}

/**
 * Where the browser has no WebCodecs, or not for this codec: a <video> goes to the middle of each
 * picture whose time the file tells. Slower, since each seek decodes again from a key frame.
 * @param {Track} track
 * @param {HTMLVideoElement} video with the file opened
 * @returns {AsyncGenerator<Picture, void>}
 */
export async function* sought(track, video) {
  const times = await timesOf(track);
  for (const [index, { time, duration }] of times.entries()) {
    const next = times[index + 1]?.time ?? time + (duration || 0.002);
    const arrived = happens(video, "seeked");
    video.currentTime = (time + next) / 2;
    await arrived;
    yield {
      time,
      duration,
      draw: (context) =>
        context.drawImage(video, 0, 0, context.canvas.width, context.canvas.height),
      close: () => {},
    };
  }
}

/**
 * A <video> in which the browser plays this file.
 * @param {Blob} file
 * @returns {Promise<HTMLVideoElement | null>} null when it cannot
 */
export async function playable(file) {
  const video = document.createElement("video");
  Object.assign(video, { muted: true, playsInline: true, preload: "auto" });
  const ready = happens(video, "loadeddata");
  video.src = URL.createObjectURL(file);
  try {
    await ready;
    if (video.videoWidth) return video;
  } catch {
    // told by the null below
  }
  forget(video);
  return null;
}

/** Frees a playable file. @param {HTMLVideoElement} video */
export function forget(video) {
  URL.revokeObjectURL(video.src);
  video.removeAttribute("src");
  video.load();
}
