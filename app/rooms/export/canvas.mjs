// A picture to draw boxes on, off the page.

/**
 * @param {Blob} picture
 * @returns {Promise<OffscreenCanvas | HTMLCanvasElement | null>} with the picture on it; null when
 *   the browser cannot open it
 */
export async function draft(picture) {
  try {
    const bitmap = await createImageBitmap(picture);
    const { width, height } = bitmap;
    const canvas =
      "OffscreenCanvas" in globalThis
        ? new OffscreenCanvas(width, height)
        : Object.assign(document.createElement("canvas"), { width, height });
    // Read back once, as a JPEG: a canvas on the graphics card would only be in the way.
    const context = /** @type {CanvasRenderingContext2D | null} */ (
      canvas.getContext("2d", { willReadFrequently: true })
    );
    context?.drawImage(bitmap, 0, 0);
    bitmap.close();
    return context && canvas;
  } catch {
    return null;
  }
}

/**
 * @param {OffscreenCanvas | HTMLCanvasElement} canvas
 * @returns {Promise<Blob | null>}
 */
export async function jpeg(canvas) {
  const options = { type: "image/jpeg", quality: 0.92 };
  try {
    if ("convertToBlob" in canvas) return await canvas.convertToBlob(options);
    return await new Promise((resolve) => canvas.toBlob(resolve, options.type, options.quality));
  } catch {
    return null;
  }
}
