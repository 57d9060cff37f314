// Starts Pyodide in node and compiles a zip of .py files to a zip of .pyc files.
// usage: node compile_pyc.mjs PYODIDE_DIR IN.zip OUT.zip FOLDER_ON_THE_PHONE
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodideDir, input, output, folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideDir}/pyodide.mjs`));

const pyodide = await loadPyodide({
  indexURL: pyodideDir,
  env: {
    PYTHONHASHSEED: "0", // sets of constants are written in the order of their hashes
    PYTHONNODEBUGRANGES: "1", // line numbers in tracebacks, but no columns
  },
});
const scope = pyodide.toPy({});
pyodide.runPython(readFileSync(new URL("compile_pyc.py", import.meta.url), "utf8"), { globals: scope });

// Pyodide refuses node's Buffer: it takes plain Uint8Arrays only.
const archive = pyodide.toPy(new Uint8Array(readFileSync(input)));
const compileArchive = scope.get("compile_archive");
const compiled = compileArchive(archive, folder);
writeFileSync(output, compiled.toJs());
