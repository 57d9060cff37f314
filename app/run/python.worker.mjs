// Pyodide for a program: loads it from our own files, then runs programs that a person may have changed.
import { wallIn } from "./walls.mjs";

/** @type {any} */ let pyodide = null;
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
`;

/** @type {any} the function run() */ let run = null;

/** @type {Record<string, (argument: any) => Promise<unknown>>} */
const operations = {
  /** @param {{runtime: string, stdlib: string, lock: string}} argument */
  async start({ runtime, stdlib, lock }) {
    const { loadPyodide } = await import(runtime);
    const print = (/** @type {boolean} */ isError) => (/** @type {string} */ line) =>
      postMessage({ text: `${line}\n`, isError });
    pyodide = await loadPyodide({
      indexURL: new URL(".", runtime).href,
      stdLibURL: stdlib,
      lockFileContents: await (await fetch(lock)).text(),
      packageBaseUrl: new URL(".", lock).href,
      env: { PYTHONDONTWRITEBYTECODE: "1", HOME: "/home/pyodide" },
      stdout: print(false),
      stderr: print(true),
    });
    pyodide.FS.mkdirTree(FOLDER);
    pyodide.FS.chdir(FOLDER);
    pyodide.runPython(RUN);
    pyodide.runPython(`sys.path.insert(0, "${FOLDER}")`);
    run = pyodide.globals.get("run");
    wallIn();
  },

  /** @param {Record<string, string | Uint8Array>} files main.py and what it reads */
  async run(files) {
    const sources = [];
    for (const [name, content] of Object.entries(files)) {
      pyodide.FS.writeFile(`${FOLDER}/${name}`, content);
      if (typeof content === "string") sources.push(content);
    }
    const quiet = { messageCallback() {}, errorCallback() {} };
    for (const source of sources) {
      try {
        await pyodide.loadPackagesFromImports(source, quiet);
      } catch (error) {
        if (!String(error).includes("SyntaxError")) throw error; // run() tells that one
      }
    }
    pyodide.runPython("import importlib; importlib.invalidate_caches()");
    const before = performance.now();
    const answer = await run(files["main.py"]);
    const milliseconds = performance.now() - before;
    const memory = pyodide._module.HEAPU8.length;
    if (!answer) return { ok: true, milliseconds, memory };
    const error = answer.toJs({ dict_converter: Object.fromEntries });
    answer.destroy();
    return { ok: false, error, milliseconds, memory };
  },
};

let last = Promise.resolve();
self.onmessage = ({ data: { id, operation, argument } }) => {
  last = last.then(async () => {
    try {
      postMessage({ id, answer: await operations[operation](argument) });
    } catch (error) {
      postMessage({ id, error: String(error) });
    }
  });
};
