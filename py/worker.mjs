// The engine's worker: boots Pyodide from our own files, puts each frame's pixels into one array
// that Python holds, and answers with JSON text. What a frame means is Python's business: the only
// Python that knows of this file is py/mekiki/edge.py.
import { install, opened } from "./wheels.mjs";

/** @typedef {{time: number, threshold: number, session: number}} Track of a live picture: when it
 *   was taken, in seconds; the lowest score shown; numbers start at 1 in another session */
/** @typedef {{picture: VideoFrame | ImageBitmap | ImageData, sourceWidth: number,
 *   sourceHeight: number, sentAt: number, track?: Track | null}} FrameMessage */

/** @type {any} Pyodide's interpreter */ let pyodide = null;
/** @type {any} the module mekiki.edge */ let edge = null;

// A worker that is refused the network says so with each request: see app/sw/kept.mjs.
const kept = new URLSearchParams(location.search).has("kept");
if (kept) {
  const plain = self.fetch;
  self.fetch = (input, init) => {
    const request = new Request(input, init);
    request.headers.set("X-Mekiki-Kept", "1");
    return plain(request);
  };
}

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

/** An error that the engine survives, with the code to answer. */
class Survived extends Error {
  /** @param {string} code @param {Record<string, unknown>} data */
  constructor(code, data) {
    super(code);
    this.code = code;
    this.data = data;
  }
}

/** @type {OffscreenCanvasRenderingContext2D | null} */ let canvas = null;

/** @param {VideoFrame | ImageBitmap} picture @param {number} width @param {number} height */
function drawnPixels(picture, width, height) {
  canvas ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (!canvas) throw new Error("no 2d canvas in this worker");
  if (canvas.canvas.width !== width || canvas.canvas.height !== height) {
    Object.assign(canvas.canvas, { width, height });
  }
  canvas.fillStyle = "#fff"; // what is clear in a picture is seen on white
  canvas.fillRect(0, 0, width, height);
  canvas.drawImage(picture, 0, 0, width, height);
  return canvas.getImageData(0, 0, width, height).data;
}

// Firefox and Safari have VideoFrame but may refuse to convert to RGBA; then every later frame is
// drawn on a canvas at once.
let copies = true;

/**
 * @param {VideoFrame} frame @param {Uint8ClampedArray<ArrayBuffer>} view
 * @param {number} width
 * @returns {Promise<boolean>} whether the pixels are in the view
 */
async function copied(frame, view, width) {
  try {
    await frame.copyTo(view, { format: "RGBA", layout: [{ offset: 0, stride: width * 4 }] });
    return true;
  } catch (error) {
    const refused = error instanceof TypeError || /** @type {Error} */ (error).name === "NotSupportedError";
    if (refused) copies = false;
    return false;
  }
}

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
    const view = frameView(width, height);
    if (video && copies && (await copied(picture, view, width))) return { width, height };
    let data;
    try {
      data = drawnPixels(picture, width, height);
    } catch (error) {
      throw new Survived("frame-invalid", { detail: String(error) });
    }
    frameView(width, height).set(data);
    return { width, height };
  } finally {
    picture.close();
  }
}

// What browsers and Emscripten say when memory cannot grow, or no array of this size can be had.
const NO_MEMORY =
  /out of memory|allocation failed|Memory\.grow|cannot enlarge memory|bad_alloc|MemoryError/i;

/**
 * What Python itself finds wrong comes as an answer from the edge. Whatever else is thrown here
 * means that the runtime is not to be trusted any more, except where it says that it is survived.
 * @param {string} operation @param {unknown} error
 */
function failure(operation, error) {
  if (error instanceof Survived) return { code: error.code, data: error.data };
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (NO_MEMORY.test(detail)) return { code: "out-of-memory", data: {} };
  const code = operation === "start" ? "engine-start-failed" : "engine-crashed";
  return { code, data: { detail: detail.slice(-500) } };
}

/**
 * The SIMD level of the OpenCV that runs here, which its wheel has in its name as the build tag:
 * opencv_python-VERSION-1LEVEL-...
 */
function levelInUse() {
  const { file_name: name } = pyodide.lockfile.packages["opencv-python"];
  return name.match(/-1([a-z]+)-cp/)?.[1] ?? "";
}

/** @param {string} url */
async function bytesOf(url) {
  let response;
  try {
    response = await fetch(url);
  } catch {
    throw new Survived("download-failed", { url });
  }
  if (!response.ok) throw new Survived("download-refused", { status: response.status, url });
  return new Uint8Array(await response.arrayBuffer());
}

/** @param {string | Blob} source an address, or a file @param {string} name of it, for people */
async function content(source, name) {
  if (typeof source === "string") return bytesOf(source);
  try {
    return new Uint8Array(await source.arrayBuffer());
  } catch (error) {
    throw new Survived("file-unreadable", { name, detail: String(error) });
  }
}

/**
 * A promise whose failure is told to who waits for it, however late, and not to the console before.
 * @template Result
 * @param {Promise<Result>} promise
 */
function waitedForLater(promise) {
  promise.catch(() => {});
  return promise;
}

/**
 * The wheels of these packages, on their way. Only of kept files, because those are compared with
 * their hashes before anything is shown; loadPackage compares by itself.
 * @param {Promise<string>} lock text of the lock file @param {string} url of it
 * @param {string[]} packages
 * @returns {Promise<import("./wheels.mjs").Wheel[] | null>} null where only loadPackage can read them
 */
function wheelsOf(lock, url, packages) {
  const addresses = lock.then((text) => {
    const known = JSON.parse(text).packages;
    return packages.map((name) => new URL(known[name].file_name, url).href);
  });
  const coming = addresses
    .then((each) => Promise.all(each.map((address) => opened(bytesOf(address)))))
    .then((wheels) => (wheels.includes(null) ? null : /** @type {any} */ (wheels)));
  return waitedForLater(coming);
}

/**
 * Takes from this worker what Python does without, before any code of the person's own runs: what
 * the app keeps (history, models) and other tabs. That no other host is reached is the business of
 * the policy that comes with this file (app/sw/headers.mjs). See docs/security.md.
 */
function wallIn() {
  const without = [
    [WorkerGlobalScope.prototype, ["indexedDB", "caches"]],
    [self, ["indexedDB", "caches", "IDBFactory", "CacheStorage", "BroadcastChannel"]],
    [WorkerNavigator.prototype, ["storage", "locks", "serviceWorker"]],
  ];
  for (const [owner, names] of without) {
    for (const name of /** @type {string[]} */ (names)) Reflect.deleteProperty(owner, name);
  }
}

/** @type {Record<string, (argument: any) => Promise<string>>} */
const operations = {
  /** @param {{runtime: string, stdlib: string, lock: string, packages: string[], code: string}} argument */
  async start({ runtime, stdlib, lock, packages, code }) {
    const archive = waitedForLater(bytesOf(code));
    const lockText = waitedForLater(
      bytesOf(lock).then((bytes) => new TextDecoder().decode(bytes)),
    );
    const wheels = kept ? wheelsOf(lockText, lock, packages) : Promise.resolve(null);
    const { loadPyodide } = await import(runtime);
    let sitePackages = "";
    pyodide = await loadPyodide({
      indexURL: new URL(".", runtime).href,
      stdLibURL: stdlib,
      lockFileContents: lockText,
      packageBaseUrl: new URL(".", lock).href,
      fsInit: async (/** @type {any} */ _fs, /** @type {{sitePackages: string}} */ info) => {
        ({ sitePackages } = info);
      },
      env: { PYTHONDONTWRITEBYTECODE: "1", HOME: "/home/pyodide" },
      stdout: (/** @type {string} */ line) => console.log(line),
      stderr: (/** @type {string} */ line) => console.warn(line),
    });
    const found = await wheels;
    if (found) for (const wheel of found) await install(pyodide, wheel, sitePackages);
    else await pyodide.loadPackage(packages, { messageCallback() {} });
    pyodide.unpackArchive(await archive, "zip", { extractDir: "/mekiki" });
    pyodide.runPython("import sys; sys.path.insert(0, '/mekiki/py')");
    edge = pyodide.pyimport("mekiki.edge");
    wallIn();
    return JSON.stringify({ ...JSON.parse(edge.about()), simd: levelInUse() });
  },

  /**
   * @param {{id: string, onnx: string | Blob, code?: string, own?: {facts: string, decode: string},
   *   width?: number, height?: number}} argument the graph, or where it is; the address of the
   *   model's folder, or, of a model that the person brought, its files; width and height of the
   *   input: one of the sizes that the model offers, or none for the first
   */
  async model({ id, onnx, code, own, width = 0, height = 0 }) {
    const [graph, archive] = await Promise.all([content(onnx, id), code ? bytesOf(code) : null]);
    if (archive) pyodide.unpackArchive(archive, "zip", { extractDir: "/mekiki" });
    if (own) {
      const written = edge.put_own(own.facts, own.decode);
      if (JSON.parse(written).error) return written;
    }
    return edge.load(id, graph, width, height, Boolean(own));
  },

  /**
   * What an ONNX file says of itself, without running it.
   * @param {{file: Blob, name: string}} argument
   */
  async inspect({ file, name }) {
    return edge.too_large(file.size) || edge.inspect(name, await content(file, name));
  },

  /**
   * How an ONNX file could be used: it is run once.
   * @param {{file: Blob, name: string}} argument
   */
  async propose({ file, name }) {
    return edge.too_large(file.size) || edge.propose(name, await content(file, name));
  },

  /** What the engine holds: bytes of the heap, and Python's objects. */
  async memory() {
    return edge.memory(pyodide._module.HEAPU8.length);
  },

  /** @param {FrameMessage} argument */
  async frame({ picture, sourceWidth, sourceHeight, sentAt, track = null }) {
    const receivedAt = sharedNow();
    const { width, height } = await intoPython(picture);
    const copiedAt = sharedNow();
    const heap = pyodide._module.HEAPU8.length;
    const before = { transfer: receivedAt - sentAt, copy: copiedAt - receivedAt };
    const [spent, live] = [JSON.stringify(before), JSON.stringify(track)];
    return edge.detect(width, height, sourceWidth, sourceHeight, spent, heap, live);
  },
};

/** @param {{id: number, operation: string, argument: any}} request */
async function answer({ id, operation, argument }) {
  let text;
  try {
    // A worker that was started anew, after its predecessor died, has no Python yet.
    if (!edge && operation !== "start") throw new Survived("engine-stopped", {});
    text = await operations[operation](argument);
  } catch (error) {
    text = JSON.stringify({ error: failure(operation, error) });
  }
  postMessage({ id, answer: text, repliedAt: sharedNow() });
}

// One after the other: a copy under way writes into Python's array, and must not be overtaken.
let last = Promise.resolve();
self.onmessage = ({ data }) => {
  last = last.then(() => answer(data));
};
