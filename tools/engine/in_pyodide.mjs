// Starts Pyodide in node and calls one function of a Python file: bytes in, bytes out.
// usage: node in_pyodide.mjs PYODIDE_DIR SCRIPT.py FUNCTION IN OUT [ARGUMENT...]
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// Without this, node would print the line that threw: all 1.2 MB of pyodide.asm.mjs.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

const [pyodideDir, script, name, input, output, ...rest] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideDir}/pyodide.mjs`));

const pyodide = await loadPyodide({
  indexURL: pyodideDir,
  env: {
    PYTHONHASHSEED: "0", // bytecode holds sets in the order of their hashes
    PYTHONNODEBUGRANGES: "1", // line numbers in tracebacks, but no columns
  },
});
const globals = pyodide.toPy({});
pyodide.runPython(readFileSync(script, "utf8"), { globals, filename: script });

// Pyodide refuses node's Buffer: it takes plain Uint8Arrays only.
const data = pyodide.runPython("bytes")(pyodide.toPy(new Uint8Array(readFileSync(input))));
const result = globals.get(name)(data, ...rest);
writeFileSync(output, result.toJs());
