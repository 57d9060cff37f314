// The way that the talk's demos moved a 640x480 frame into numpy and back, for comparison in the
// same run: Pyodide and numpy on the main thread, a copy at every step.
const files = JSON.parse(new URLSearchParams(location.search).get("files") ?? "{}");
const { loadPyodide } = await import(new URL(files.runtime, document.baseURI).href);
const pyodide = await loadPyodide({
  indexURL: new URL(".", new URL(files.runtime, document.baseURI)).href,
  stdLibURL: new URL(files.stdlib, document.baseURI).href,
  lockFileURL: new URL(files.lock, document.baseURI).href,
  packages: ["numpy"],
});
const frame = pyodide.runPython(`
import numpy as np
from js import ImageData, Uint8ClampedArray, document

canvas = document.getElementById("canvas")
context = canvas.getContext("2d")

def frame():
    data = context.getImageData(0, 0, 640, 480).data
    pixels = np.array(data.to_py(), np.uint8).reshape(480, 640, 4)
    back = Uint8ClampedArray.new(pixels.tobytes())
    context.putImageData(ImageData.new(back, 640, 480), 0, 0)

frame
`);
globalThis.measure = (/** @type {number} */ count) => {
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    frame();
    times.push(performance.now() - startedAt);
  }
  return times;
};
