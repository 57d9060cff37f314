// How long a fresh worker needs until cv2 is imported, step by step.
import { answer } from "./answering.mjs";

answer({
  /** @param {{runtime: string, stdlib?: string, lock?: string, packages: string[]}} argument */
  async time({ runtime, stdlib, lock, packages }) {
    /** @type {Record<string, number>} */
    const milliseconds = {};
    let last = performance.now();
    /** @param {string} name */
    const lap = (name) => {
      const now = performance.now();
      milliseconds[name] = now - last;
      last = now;
    };
    const { loadPyodide } = await import(runtime);
    const pyodide = await loadPyodide({
      indexURL: new URL(".", runtime).href,
      ...(stdlib && { stdLibURL: stdlib }),
      ...(lock && { lockFileURL: lock }),
    });
    lap("loadPyodide");
    await pyodide.loadPackage(packages, { messageCallback() {} });
    lap("loadPackage");
    pyodide.runPython("import cv2");
    lap("import");
    return milliseconds;
  },
});
