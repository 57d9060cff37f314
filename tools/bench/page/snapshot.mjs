// Pyodide from its files, and from a snapshot of its memory that was taken on this device and kept in
// a cache: whether that is worth its bytes. Nothing of the app uses it.
import { answer } from "./answering.mjs";

const KEPT = "https://snapshot.invalid/memory";
// What a start of the engine imports of the standard library, before numpy.
const IMPORTS = "import json, re, datetime, pathlib, functools, collections, typing, inspect";

/** @typedef {{runtime: string, stdlib: string, lock: string, packages: string[]}} Files */

/** @param {Files} files @param {Record<string, unknown>} options @returns {Promise<any>} */
async function load({ runtime, stdlib, lock }, options) {
  const { loadPyodide } = await import(runtime);
  const indexURL = new URL(".", runtime).href;
  return loadPyodide({ indexURL, stdLibURL: stdlib, lockFileURL: lock, ...options });
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function gzipBytes(bytes) {
  const packed = new Response(bytes).body?.pipeThrough(new CompressionStream("gzip"));
  return (await new Response(packed).arrayBuffer()).byteLength;
}

answer({
  /** @param {Files} files */
  async plain(files) {
    const began = performance.now();
    const pyodide = await load(files, {});
    pyodide.runPython(IMPORTS);
    return { ms: performance.now() - began };
  },
  /** @param {Files} files */
  async make(files) {
    const pyodide = await load(files, { _makeSnapshot: true });
    pyodide.runPython(IMPORTS);
    const bytes = pyodide.makeMemorySnapshot();
    const cache = await caches.open("bench-snapshot");
    await cache.put(KEPT, new Response(bytes));
    return { bytes: bytes.byteLength, gzip: await gzipBytes(bytes) };
  },
  /** @param {Files} files */
  async load(files) {
    const began = performance.now();
    const kept = await (await caches.open("bench-snapshot")).match(KEPT);
    const bytes = new Uint8Array(await /** @type {Response} */ (kept).arrayBuffer());
    const pyodide = await load(files, { _loadSnapshot: bytes });
    pyodide.runPython(IMPORTS);
    const ms = performance.now() - began;
    if (pyodide.runPython("import json; json.dumps([1 + 1])") !== "[2]") throw new Error("wrong");
    return { ms };
  },
  /** Whether a snapshot may hold our wheels, whose libraries are linked at run time.
   * @param {Files} files */
  async withPackages(files) {
    try {
      const made = await load(files, { _makeSnapshot: true });
      await made.loadPackage(files.packages, { messageCallback() {} });
      made.runPython("import cv2");
      const bytes = made.makeMemorySnapshot();
      const pyodide = await load(files, { _loadSnapshot: bytes });
      return { said: `${pyodide.runPython("import cv2; cv2.__version__")}, ${bytes.byteLength} bytes` };
    } catch (error) {
      return { said: `fails: ${error}`.split("\n")[0].slice(0, 200) };
    }
  },
});
