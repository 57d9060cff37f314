// Loads MicroPython and runs a program in it; on a page or in a worker.

import { lines } from "./mark.mjs";

/** @typedef {{type: string, message: string, line: number, traceback: string}} Failure */
/** @typedef {{ok: boolean, error?: Failure, milliseconds: number, memory: number}} Answer memory in
 *   bytes, 0 where it is not told */
/** @typedef {Record<string, string | Uint8Array>} Files main.py and what it reads */

const RUN = `
import sys
def run(names):
    for name in names.split():
        sys.modules.pop(name, None)
    with open("main.py") as file:
        code = compile(file.read(), "main.py", "exec")
    try:
        exec(code, {"__name__": "__main__"})
    finally:
        print("\\x1f")
run(names)
`;

/**
 * @param {string} folder of MicroPython's files, an address that ends in /
 * @param {(text: string, isError: boolean) => void} print
 * @returns {Promise<any>}
 */
export async function loaded(folder, print) {
  const { loadMicroPython } = await import(new URL("micropython.mjs", folder).href);
  return loadMicroPython({
    url: new URL("micropython.wasm", folder).href,
    stdout: lines(print)(false),
    stderr: lines(print)(true),
  });
}

/**
 * @param {unknown} error of MicroPython @returns {Failure}
 */
export function failure(error) {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.trim().split("\n");
  const [, type, message] = (lines.at(-1) ?? "").match(/^([\w.]+)(?:: ?(.*))?$/) ?? ["", "Error", text];
  // The first two frames are of RUN.
  const own = lines.filter((line) => !line.includes('"<stdin>"'));
  const line = own.map((each) => each.match(/"main\.py", line (\d+)/)).findLast(Boolean)?.[1];
  return { type, message: message ?? "", line: Number(line ?? 0), traceback: own.join("\n") };
}

/** @param {any} interpreter @param {Files} files @returns {Promise<Answer>} */
export async function execute(interpreter, files) {
  for (const [name, content] of Object.entries(files)) interpreter.FS.writeFile(name, content);
  const modules = Object.keys(files).filter((name) => name.endsWith(".py"));
  interpreter.globals.set("names", modules.map((name) => name.slice(0, -3)).join(" "));
  const before = performance.now();
  const taken = () => ({
    milliseconds: performance.now() - before,
    memory: interpreter._module?.HEAPU8?.length ?? 0,
  });
  try {
    await interpreter.runPythonAsync(RUN);
    return { ok: true, ...taken() };
  } catch (error) {
    return { ok: false, error: failure(error), ...taken() };
  }
}
