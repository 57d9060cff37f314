// Runs Python from standard input in the MicroPython that the page uses, with the shell's image and
// app/pyscript.mjs as the page has them, and prints one JSON object:
// {"answer": what answer(...) was given, "console": lines of console.warn and console.error}.
//
//   node run_in_micropython.mjs IMAGE < {"source": "...", "plan": {...}}
//
// The page (page.mjs) and what is behind the page's modules (peers.mjs) are stand-ins; the real
// ones are in tests/browser.
import { readFile } from "node:fs/promises";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";
import { pyscriptModules } from "../../app/pyscript.mjs";
import { makePage } from "./page.mjs";
import { makePeers } from "./peers.mjs";

const PRELUDE = `
import json
import runner

def answer(value):
    runner.answer(json.dumps(value))

def happened():
    return json.loads(runner.happened())
`;

async function standardInput() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf-8");
}

const [image] = process.argv.slice(2);
const { source, plan } = JSON.parse(await standardInput());
const happened = [];
const printed = [];
let answer = "null";

for (const level of ["warn", "error"]) {
  console[level] = (...words) => printed.push(words.map(String).join(" "));
}
makePage(await readFile(new URL("../../app/index.html", import.meta.url), "utf-8"), plan);
const jsModules = await makePeers(plan, happened);

const interpreter = await loadMicroPython({
  romfs: new Uint8Array(await readFile(image)),
  stdout: (line) => process.stderr.write(`${line}\n`),
  stderr: (line) => process.stderr.write(`${line}\n`),
});
for (const [name, module] of Object.entries(pyscriptModules(interpreter, jsModules))) {
  interpreter.registerJsModule(name, module);
}
interpreter.registerJsModule("runner", {
  answer: (text) => {
    answer = text;
  },
  happened: () => JSON.stringify(happened),
});

try {
  interpreter.runPython(PRELUDE);
  await interpreter.runPythonAsync(source);
} catch (error) {
  process.stderr.write(`${error.message ?? error}\n`);
  process.exit(1);
}
const said = JSON.stringify({ answer: JSON.parse(answer), console: printed });
process.stdout.write(said, () => process.exit(0)); // timers of the bridge may still be pending
