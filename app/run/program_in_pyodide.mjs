// Loads Pyodide from our own files and runs a program in it; on a page or in a worker.

import { lines } from "./mark.mjs";

/** @typedef {import("./program_in_micropython.mjs").Answer} Answer */
/** @typedef {import("./program_in_micropython.mjs").Files} Files */
/** @typedef {{runtime: string, stdlib: string, lock: string}} Start addresses */
/** @typedef {{pyodide: any, program: any}} Loaded with the function run() of RUN */

const FOLDER = "/demo";

const RUN = `
import sys, traceback
from pyodide.code import eval_code_async

def forget():
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith("${FOLDER}/"):
            del sys.modules[name]

async def run(source):
    forget()
    try:
        await eval_code_async(source, {"__name__": "__main__"}, filename="main.py")
    except BaseException as error:
        frames = [each for each in traceback.extract_tb(error.__traceback__)
                  if each.filename == "main.py" or each.filename.startswith("${FOLDER}/")]
        lines = [each.lineno for each in frames if each.filename == "main.py"]
        if isinstance(error, SyntaxError) and error.filename == "main.py":
            lines = [error.lineno]
        text = "".join(["Traceback (most recent call last):\\n"] + [
            f'  File "{each.filename.removeprefix("${FOLDER}/")}", line {each.lineno}, in {each.name}\\n'
            for each in frames] + traceback.format_exception_only(error))
        return {"type": type(error).__name__, "message": str(error),
                "line": (lines or [0])[-1] or 0, "traceback": text.rstrip()}
    finally:
        sys.__stdout__.write("\\x1f\\n")
`;

/**
 * @param {Start} start @param {(text: string, isError: boolean) => void} print
 * @returns {Promise<Loaded>}
 */
export async function loaded({ runtime, stdlib, lock }, print) {
  const { loadPyodide } = await import(runtime);
  const printed = lines(print);
  const pyodide = await loadPyodide({
    indexURL: new URL(".", runtime).href,
    stdLibURL: stdlib,
    lockFileContents: await (await fetch(lock)).text(),
    packageBaseUrl: new URL(".", lock).href,
    env: { PYTHONDONTWRITEBYTECODE: "1", HOME: "/home/pyodide" },
    stdout: printed(false),
    stderr: printed(true),
  });
  pyodide.FS.mkdirTree(FOLDER);
  pyodide.FS.chdir(FOLDER);
  pyodide.runPython(RUN);
  pyodide.runPython(`sys.path.insert(0, "${FOLDER}")`);
  return { pyodide, program: pyodide.globals.get("run") };
}

/** Writes the files, and loads the packages that they import. @param {any} pyodide @param {Files} files */
async function prepare(pyodide, files) {
  const quiet = { messageCallback() {}, errorCallback() {} };
  for (const [name, content] of Object.entries(files)) {
    pyodide.FS.writeFile(`${FOLDER}/${name}`, content);
    if (typeof content !== "string") continue;
    try {
      await pyodide.loadPackagesFromImports(content, quiet);
    } catch (error) {
      if (!String(error).includes("SyntaxError")) throw error; // run() tells that one
    }
  }
  pyodide.runPython("import importlib; importlib.invalidate_caches()");
}

/** @param {Loaded} loaded @param {Files} files @returns {Promise<Answer>} */
export async function execute({ pyodide, program }, files) {
  await prepare(pyodide, files);
  const before = performance.now();
  const wrong = await program(files["main.py"]);
  const taken = { milliseconds: performance.now() - before, memory: pyodide._module.HEAPU8.length };
  if (!wrong) return { ok: true, ...taken };
  const error = wrong.toJs({ dict_converter: Object.fromEntries });
  wrong.destroy();
  return { ok: false, error, ...taken };
}
