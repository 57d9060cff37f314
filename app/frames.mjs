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
  const plain =
    !turned &&
    frame.visibleRect?.width === video.videoWidth &&
    frame.visibleRect.height === video.videoHeight;
  if (plain) return frame;
  frame.close();
  return null;
}

/**
 * A canvas with the picture on it, on white where the picture is clear.
 * @param {CanvasImageSource} picture @param {number} width @param {number} height
 * @returns {HTMLCanvasElement | null} null when the browser cannot draw it at this size
 */
export function drawn(picture, width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  try {
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) return null;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.drawImage(picture, 0, 0, width, height);
    return canvas;
  } catch {
    return null;
  }
}

/** @param {CanvasImageSource} picture @param {number} width @param {number} height */
function pixels(picture, width, height) {
  const context = drawn(picture, width, height)?.getContext("2d");
  if (!context) throw new Error("the browser cannot draw this picture");
  return context.getImageData(0, 0, width, height);
}

/** @param {HTMLVideoElement} video @returns {Promise<Frame>} */
export async function captureVideo(video) {
  const startedAt = performance.now();
  const { videoWidth: width, videoHeight: height } = video;
  const picture =
    videoFrame(video) ??
    ("OffscreenCanvas" in globalThis ? await createImageBitmap(video) : pixels(video, width, height));
  return frameOf(picture, width, height, startedAt);
}

/** A picture file that the browser could open, turned as its EXIF data says. */
export class Photo {
  /** @param {HTMLImageElement} image @param {string} url */
  constructor(image, url) {
    this.image = image;
    this.url = url;
    this.width = image.naturalWidth;
    this.height = image.naturalHeight;
  }

  /** @param {HTMLImageElement} element */
  show(element) {
    element.src = this.url;
  }

  /**
   * A frame of the picture, made smaller when it is very large.
   * @returns {Promise<Frame | null>} null when the browser cannot read its pixels
   */
  async capture() {
    const startedAt = performance.now();
    const scale = Math.min(1, LARGEST_SIDE / Math.max(this.width, this.height));
    const width = Math.max(1, Math.round(this.width * scale));
    const height = Math.max(1, Math.round(this.height * scale));
    const smaller = /** @type {const} */ ({
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: "medium",
    });
    try {
      const bitmap = await createImageBitmap(this.image, scale < 1 ? smaller : {});
      return frameOf(bitmap, this.width, this.height, startedAt);
    } catch {
      // Some pictures can be drawn but not made a bitmap of: an SVG without a size is one.
    }
    try {
      return frameOf(pixels(this.image, width, height), this.width, this.height, startedAt);
    } catch {
      return null;
    }
  }

  /** Frees the file's memory. */
  close() {
    URL.revokeObjectURL(this.url);
  }
}

/**
 * Opens a picture file, without showing it.
 * @param {Blob} file
 * @returns {Promise<Photo | null>} null when the browser cannot open it as a picture
 */
export async function open(file) {
  const url = URL.createObjectURL(file);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    if (image.naturalWidth) return new Photo(image, url);
  } catch {
    // told by the null below
  }
  URL.revokeObjectURL(url);
  return null;
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
 * The picture as a JPEG file: at most 2048 px on its longer side, and without what a camera wrote
 * into the file (place and time).
 * @param {CanvasImageSource} source @param {number} width @param {number} height
 * @returns {Promise<{blob: Blob, width: number, height: number} | null>} null when the browser
 *   could not make it
 */
export async function jpeg(source, width, height) {
  const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  const size = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = drawn(source, size[0], size[1]);
  const blob = canvas && (await jpegOf(canvas));
  return blob && { blob, width: size[0], height: size[1] };
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob | null>} */
const jpegOf = (canvas) => new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));

/** Offers a file to keep. @param {Blob} blob @param {string} name */
export function saveBlob(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Offers a canvas as a file to keep.
 * @param {HTMLCanvasElement} canvas @param {string} name
 * @returns {Promise<boolean>} false when the browser could not make a picture of it
 */
export async function saveCanvas(canvas, name) {
  const blob = await jpegOf(canvas);
  if (blob) saveBlob(blob, name);
  return blob !== null;
}
