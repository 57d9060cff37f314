// Small square pictures for the list of what is kept.

const SIDE = 240;

/** @param {ImageBitmap} bitmap @param {string} type @returns {Promise<Blob | null>} */
async function encoded(bitmap, type) {
  if ("OffscreenCanvas" in globalThis) {
    const canvas = new OffscreenCanvas(SIDE, SIDE);
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, SIDE, SIDE);
    return canvas.convertToBlob({ type, quality: 0.7 });
  }
  const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, SIDE, SIDE);
  return new Promise((resolve) => canvas.toBlob(resolve, type, 0.7));
}

/**
 * The middle of a picture, small.
 * @param {Blob} picture
 * @param {number} width @param {number} height its pixels
 * @returns {Promise<Blob>} a WebP or JPEG file; empty when the browser cannot read the picture
 */
export async function thumbnail(picture, width, height) {
  const side = Math.min(width, height);
  try {
    const bitmap = await createImageBitmap(
      picture,
      Math.floor((width - side) / 2),
      Math.floor((height - side) / 2),
      side,
      side,
      { resizeWidth: SIDE, resizeHeight: SIDE, resizeQuality: "medium" },
    );
    let blob = await encoded(bitmap, "image/webp");
    // A browser that cannot write WebP writes PNG instead, which is many times larger.
    if (blob?.type !== "image/webp") blob = await encoded(bitmap, "image/jpeg");
    bitmap.close();
    return blob ?? new Blob();
  } catch {
    return new Blob();
  }
}
