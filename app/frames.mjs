// Takes pictures out of videos and files without reading a pixel on the main thread:
// a VideoFrame where the browser has them, else an ImageBitmap, else pixels.

/**
 * A picture on its way to the worker.
 * @typedef {object} Frame
 * @property {{picture: VideoFrame | ImageBitmap | ImageData, sourceWidth: number,
 *   sourceHeight: number}} message what the worker gets; boxes come back in source pixels
 * @property {Transferable[]} transfer
 * @property {number} captureMs
 * @property {() => void} close frees the picture when it is not sent after all
 */

// A model looks at 300 to 640 pixels; more than this only fills the phone's memory.
const LARGEST_SIDE = 2048;

/**
 * @param {VideoFrame | ImageBitmap | ImageData} picture
 * @param {number} sourceWidth @param {number} sourceHeight @param {number} startedAt
 * @returns {Frame}
 */
function frameOf(picture, sourceWidth, sourceHeight, startedAt) {
  const pixels = picture instanceof ImageData;
  return {
    message: { picture, sourceWidth, sourceHeight },
    transfer: [pixels ? picture.data.buffer : picture],
    captureMs: performance.now() - startedAt,
    close: () => (pixels ? undefined : picture.close()),
  };
}

/**
 * A VideoFrame of what the video shows, if that would be the same picture: a phone held upright
 * can give frames that are stored turned, and copying those out would lose the turn.
 * @param {HTMLVideoElement} video
 */
function videoFrame(video) {
  if (!("VideoFrame" in globalThis)) return null;
  const frame = new VideoFrame(video);
  const turned = /** @type {{rotation?: number}} */ (frame).rotation;
  if (!turned && frame.displayWidth === video.videoWidth && frame.displayHeight === video.videoHeight) {
    return frame;
  }
  frame.close();
  return null;
}

/** @param {HTMLVideoElement | ImageBitmap} source @param {number} width @param {number} height */
function pixels(source, width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = /** @type {CanvasRenderingContext2D} */ (
    canvas.getContext("2d", { willReadFrequently: true })
  );
  context.drawImage(source, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** @param {HTMLVideoElement} video @returns {Promise<Frame>} */
async function captureVideo(video) {
  const startedAt = performance.now();
  const { videoWidth: width, videoHeight: height } = video;
  const picture =
    videoFrame(video) ??
    ("OffscreenCanvas" in globalThis ? await createImageBitmap(video) : pixels(video, width, height));
  return frameOf(picture, width, height, startedAt);
}

/**
 * Shows a picture file in an <img> and says how large it is, turned as its EXIF data says.
 * @param {Blob} file @param {HTMLImageElement} image
 * @returns {Promise<string>} JSON text: {"width", "height"} or {"error": ...}
 */
export async function show(file, image) {
  const url = URL.createObjectURL(file);
  const previous = image.src;
  image.src = url;
  try {
    await image.decode();
    if (!image.naturalWidth) throw new TypeError("a picture without a size");
  } catch {
    URL.revokeObjectURL(url);
    image.removeAttribute("src");
    return JSON.stringify({ error: { code: "not-an-image", data: { type: file.type } } });
  } finally {
    if (previous.startsWith("blob:")) URL.revokeObjectURL(previous);
  }
  return JSON.stringify({ width: image.naturalWidth, height: image.naturalHeight });
}

/**
 * A frame of the picture that an <img> shows, made smaller when it is very large.
 * @param {HTMLImageElement} image
 * @returns {Promise<Frame>}
 */
export async function captureImage(image) {
  const startedAt = performance.now();
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  const smaller = /** @type {const} */ ({
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: "medium",
  });
  const bitmap = await createImageBitmap(image, scale < 1 ? smaller : {});
  if ("OffscreenCanvas" in globalThis) return frameOf(bitmap, width, height, startedAt);
  const data = pixels(bitmap, bitmap.width, bitmap.height);
  bitmap.close();
  return frameOf(data, width, height, startedAt);
}

/**
 * Sends each new picture of a playing video to the detector until told to stop.
 * @param {HTMLVideoElement} video
 * @param {import("./bridge.mjs").Bridge} bridge
 * @param {(answer: string) => void} onAnswer
 * @returns {() => void} stops it
 */
export function live(video, bridge, onAnswer) {
  let running = true;
  const next = () => {
    if (!running) return;
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(take);
    else requestAnimationFrame(take);
  };
  const take = async () => {
    if (!running) return;
    if (video.videoWidth > 0) {
      const frame = await captureVideo(video);
      bridge.submit(frame).then((answer) => {
        if (running && answer !== null) onAnswer(answer);
      });
    }
    next();
  };
  next();
  return () => {
    running = false;
  };
}

/**
 * A copy of what the video shows now, as a picture that can be drawn and kept.
 * @param {HTMLVideoElement} video
 * @returns {Promise<ImageBitmap>}
 */
export const freeze = (video) => createImageBitmap(video);

/** @param {ImageBitmap} bitmap @returns {Promise<Frame>} a frame with a copy of the bitmap */
export async function captureBitmap(bitmap) {
  const startedAt = performance.now();
  return frameOf(await createImageBitmap(bitmap), bitmap.width, bitmap.height, startedAt);
}

/**
 * A canvas with the picture on it.
 * @param {HTMLImageElement | ImageBitmap} picture @param {number} width @param {number} height
 * @returns {HTMLCanvasElement | null} null when the browser cannot draw it at this size
 */
export function drawn(picture, width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  try {
    canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
    return canvas;
  } catch {
    return null;
  }
}

/**
 * Offers a canvas as a file to keep.
 * @param {HTMLCanvasElement} canvas @param {string} name
 * @returns {Promise<boolean>} false when the browser could not make a picture of it
 */
export async function saveCanvas(canvas, name) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
  if (!blob) return false;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}
