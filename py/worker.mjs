// The engine's worker: boots Pyodide from our own files, puts each frame's pixels into one array
// that Python holds, and answers with JSON text. What a frame means is Python's business: the only
// Python that knows of this file is py/mekiki/edge.py.

/** @typedef {{picture: VideoFrame | ImageBitmap | ImageData, sourceWidth: number,
 *   sourceHeight: number, sentAt: number}} FrameMessage */

/** @type {any} Pyodide's interpreter */ let pyodide = null;
/** @type {any} the module mekiki.edge */ let edge = null;

/** Milliseconds on a clock that the page and the worker share. */
const sharedNow = () => performance.timeOrigin + performance.now();

/** The array that frames are copied into, and our view of its memory. */
const held = {
  width: 0,
  height: 0,
  /** @type {any} */ proxy: null,
  /** @type {any} */ buffer: null,
};

function release() {
  held.buffer?.release();
  held.proxy?.destroy();
  held.buffer = held.proxy = null;
}

/**
 * The pixels of Python's frame array. The view is kept between frames, and taken anew when the
 * size changes or when the heap has grown, which detaches every view of it.
 * @param {number} width @param {number} height
 * @returns {Uint8ClampedArray<ArrayBuffer>}
 */
function frameView(width, height) {
  if (!held.buffer || held.width !== width || held.height !== height) {
    release();
    held.proxy = edge.frame_array(width, height);
    Object.assign(held, { width, height, buffer: held.proxy.getBuffer("u8clamped") });
  } else if (held.buffer.data.byteLength === 0) {
    held.buffer.release();
    held.buffer = held.proxy.getBuffer("u8clamped");
  }
  return held.buffer.data;
}

/** @type {OffscreenCanvasRenderingContext2D | null} */ let canvas = null;

/** @param {VideoFrame | ImageBitmap} picture @param {number} width @param {number} height */
function drawnPixels(picture, width, height) {
  canvas ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (!canvas) throw new Error("no 2d canvas in this worker");
  if (canvas.canvas.width !== width || canvas.canvas.height !== height) {
    Object.assign(canvas.canvas, { width, height });
  }
  canvas.clearRect(0, 0, width, height);
  canvas.drawImage(picture, 0, 0, width, height);
  return canvas.getImageData(0, 0, width, height).data;
}

// Firefox and Safari have VideoFrame but may refuse to convert to RGBA; then every later frame is
// drawn on a canvas at once.
let copies = true;

/**
 * Copies a picture's RGBA pixels into Python's array and frees the picture.
 * @param {VideoFrame | ImageBitmap | ImageData} picture
 * @returns {Promise<{width: number, height: number}>}
 */
async function intoPython(picture) {
  if (picture instanceof ImageData) {
    frameView(picture.width, picture.height).set(picture.data);
    return picture;
  }
  const video = "VideoFrame" in self && picture instanceof VideoFrame;
  const width = video ? picture.displayWidth : /** @type {ImageBitmap} */ (picture).width;
  const height = video ? picture.displayHeight : /** @type {ImageBitmap} */ (picture).height;
  try {
    if (video && copies) {
      try {
        await picture.copyTo(frameView(width, height), {
          format: "RGBA",
          layout: [{ offset: 0, stride: width * 4 }],
        });
        return { width, height };
      } catch {
        copies = false;
      }
    }
    frameView(width, height).set(drawnPixels(picture, width, height));
    return { width, height };
  } finally {
    picture.close();
  }
}

/** @param {string} code @param {unknown} error */
function failure(code, error) {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return JSON.stringify({ error: { code, data: { detail: detail.slice(-2000) } } });
}

/** @param {string} url */
async function bytesOf(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** @type {Record<string, (argument: any) => Promise<string>>} */
const operations = {
  /** @param {{runtime: string, stdlib: string, lock: string, packages: string[], code: string}} argument */
  async start({ runtime, stdlib, lock, packages, code }) {
    const { loadPyodide } = await import(runtime);
    const archive = bytesOf(code);
    pyodide = await loadPyodide({
      indexURL: new URL(".", runtime).href,
      stdLibURL: stdlib,
      lockFileURL: lock,
      packages,
      env: { PYTHONDONTWRITEBYTECODE: "1", HOME: "/home/pyodide" },
      stdout: (/** @type {string} */ line) => console.log(line),
      stderr: (/** @type {string} */ line) => console.warn(line),
    });
    pyodide.unpackArchive(await archive, "zip", { extractDir: "/mekiki" });
    pyodide.runPython("import sys; sys.path.insert(0, '/mekiki/py')");
    edge = pyodide.pyimport("mekiki.edge");
    return edge.about();
  },

  /** @param {{id: string, onnx: string, code: string}} argument */
  async model({ id, onnx, code }) {
    const [graph, archive] = await Promise.all([bytesOf(onnx), bytesOf(code)]);
    pyodide.unpackArchive(archive, "zip", { extractDir: "/mekiki" });
    return edge.load(id, graph);
  },

  /** @param {FrameMessage} argument */
  async frame({ picture, sourceWidth, sourceHeight, sentAt }) {
    const receivedAt = sharedNow();
    const { width, height } = await intoPython(picture);
    const copiedAt = sharedNow();
    const heap = pyodide._module.HEAPU8.length;
    const before = { transfer: receivedAt - sentAt, copy: copiedAt - receivedAt };
    return edge.detect(width, height, sourceWidth, sourceHeight, JSON.stringify(before), heap);
  },
};

self.onmessage = async ({ data: { id, operation, argument } }) => {
  let answer;
  try {
    answer = await operations[operation](argument);
  } catch (error) {
    answer = failure(operation === "start" ? "engine-start-failed" : "engine-error", error);
  }
  postMessage({ id, answer, repliedAt: sharedNow() });
};
