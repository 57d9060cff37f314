// Runs a program in MicroPython on the page's main thread, which has the page's elements. It cannot be
// stopped there.
import { site } from "./site.mjs";

/** @typedef {{type: string, message: string, line: number, traceback: string}} Failure */
/** @typedef {{ok: boolean, error?: Failure, milliseconds: number, memory: number}} Answer memory in
 *   bytes, 0 where it is not told */

const SITE = new URL("../../../", import.meta.url);
const RUN = `
import sys
def run(names):
    for name in names.split():
        sys.modules.pop(name, None)
    with open("main.py") as file:
        code = compile(file.read(), "main.py", "exec")
    exec(code, {"__name__": "__main__"})
run(names)
`;

/** @type {any} one for the page: a second would take the first one's references */
let interpreter = null;
/** @type {(text: string, isError: boolean) => void} */ let print = () => {};

async function started() {
  const folder = new URL(`${(await site()).micropython}/`, SITE);
  const { loadMicroPython } = await import(new URL("micropython.mjs", folder).href);
  return loadMicroPython({
    url: new URL("micropython.wasm", folder).href,
    stdout: (/** @type {string} */ line) => print(`${line}\n`, false),
    stderr: (/** @type {string} */ line) => print(`${line}\n`, true),
  });
}

/**
 * @param {unknown} error of MicroPython @returns {Failure}
 */
export function failure(error) {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.trim().split("\n");
  const [, type, message] = (lines.at(-1) ?? "").match(/^([\w.]+)(?:: (.*))?$/) ?? ["", "Error", text];
  // The first two frames are of RUN.
  const own = lines.filter((line) => !line.includes('"<stdin>"'));
  const line = own.map((each) => each.match(/"main\.py", line (\d+)/)).findLast(Boolean)?.[1];
  return { type, message: message ?? "", line: Number(line ?? 0), traceback: own.join("\n") };
}

/** @param {(text: string, isError: boolean) => void} onOutput */
export async function open(onOutput) {
  interpreter ??= await started();
  return {
    /** @param {Record<string, string | Uint8Array>} files @returns {Promise<Answer>} */
    async run(files) {
      print = onOutput;
      for (const [name, content] of Object.entries(files)) interpreter.FS.writeFile(name, content);
      const modules = Object.keys(files).filter((name) => name.endsWith(".py"));
      interpreter.globals.set("names", modules.map((name) => name.slice(0, -3)).join(" "));
      const before = performance.now();
      try {
        await interpreter.runPythonAsync(RUN);
        return { ok: true, milliseconds: performance.now() - before, memory: 0 };
      } catch (error) {
        const milliseconds = performance.now() - before;
        return { ok: false, error: failure(error), milliseconds, memory: 0 };
      }
    },
    close() {},
  };
}
