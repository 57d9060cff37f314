// What a video file says of itself.

/** @typedef {import("mediabunny").Input} Input */
/** @typedef {import("mediabunny").InputVideoTrack} Track */

/**
 * @typedef {object} Facts
 * @property {number} width pixels, upright and square
 * @property {number} height
 * @property {number} duration seconds
 * @property {number} frames about how many pictures
 * @property {string} codec
 * @property {number} span about how long a picture is seen, seconds
 */

const ESTIMATE_FROM = 100; // pictures
export const SLACK = 0.5; // seconds by which a whole file may be shorter than it says

/**
 * How long the video is. A file that was cut off still says how long it was; sound may be longer.
 * @param {Input} input @param {Track} track @returns {Promise<number>} seconds
 */
async function durationOf(input, track) {
  const there = await track.computeDuration();
  const said = (await input.getDurationFromMetadata()) ?? 0;
  const cut = said - (await input.computeDuration()) > SLACK;
  return cut || said - there < SLACK ? Math.max(said, there) : there;
}

/** @param {Input} input @param {Track} track @returns {Promise<Facts>} */
export async function factsOf(input, track) {
  const stats = await track.computePacketStats(ESTIMATE_FROM);
  const duration = await durationOf(input, track);
  const few = stats.packetCount < ESTIMATE_FROM;
  return {
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    duration,
    frames: few ? stats.packetCount : Math.round(duration * stats.averagePacketRate),
    codec: (await track.getCodec()) ?? (await track.getInternalCodecId())?.toString() ?? "?",
    span: stats.averagePacketRate ? 1 / stats.averagePacketRate : 0,
  };
}
