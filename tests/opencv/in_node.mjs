// Starts Pyodide in node, installs wheels, runs one Python file: `run(IN, OUT)` of it.
// usage: node in_node.mjs PYODIDE_DIR SCRIPT.py IN OUT WHEEL...
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";

// node 20 knows relaxed SIMD, but hides it; later ones no longer know the switch.
setFlagsFromString("--experimental-wasm-relaxed-simd");

// Without this, node would print the line that threw: all 1.2 MB of pyodide.asm.mjs.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

const [folder, script, given, made, ...wheels] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const pyodide = await loadPyodide({ indexURL: folder });
for (const wheel of wheels) {
  const problems = [];
  await pyodide.loadPackage(wheel, {
    checkIntegrity: false,
    messageCallback() {},
    errorCallback: (message) => problems.push(message),
  });
  if (problems.length) throw new Error(problems.join("\n"));
}
pyodide.FS.writeFile("/in", new Uint8Array(readFileSync(given)));
const globals = pyodide.toPy({ __name__: "in_node" });
pyodide.runPython(readFileSync(script, "utf8"), { globals, filename: script });
globals.get("run")("/in", "/out");
writeFileSync(made, pyodide.FS.readFile("/out"));
