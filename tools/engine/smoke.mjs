// Starts a built engine in node as the worker starts it, runs smoke.py in it, prints JSON.
// usage: node smoke.mjs ENGINE_DIR LEVEL
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { levels } from "../../app/simd.mjs";

// Without this, node would print the line that threw: all 1.2 MB of pyodide.asm.mjs.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

const [folder, level] = process.argv.slice(2);
// Node 20 has relaxed SIMD behind a flag; the nodes that need no flag do not know it.
if (!levels().includes("relaxed")) setFlagsFromString("--experimental-wasm-relaxed-simd");
const script = fileURLToPath(new URL("smoke.py", import.meta.url));
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));

const ms = {};
const heapBytes = {};
async function timed(name, step) {
  const start = performance.now();
  const value = await step();
  ms[name] = Math.round(performance.now() - start);
  return value;
}

const pyodide = await timed("load", () =>
  loadPyodide({
    indexURL: folder,
    lockFileURL: `${folder}/${level}/pyodide-lock.json`,
    stdLibURL: `${folder}/python_stdlib.zip`,
  }),
);
const heap = () => pyodide._module.HEAPU8.length;
heapBytes.load = heap();
await timed("packages", () =>
  pyodide.loadPackage(["numpy", "opencv-python"], { messageCallback() {} }),
);
heapBytes.packages = heap();
await timed("import", () => pyodide.runPython("import numpy, cv2"));
heapBytes.import = heap();
const globals = pyodide.toPy({});
const said = await timed("smoke", () => {
  pyodide.runPython(readFileSync(script, "utf8"), { globals, filename: script });
  return globals.get("report")();
});
heapBytes.smoke = heap();
console.log(JSON.stringify({ version: pyodide.version, ms, heapBytes, ...JSON.parse(said) }));
