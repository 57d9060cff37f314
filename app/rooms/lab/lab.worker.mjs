// One interpreter in a worker of its own, started to be measured. Both are asked the same questions by
// the same code, so that what differs is the interpreter.

/** @type {WebAssembly.Memory | null} the first that was made here */ let memory = null;
for (const name of /** @type {const} */ (["instantiate", "instantiateStreaming"])) {
  const plain = /** @type {any} */ (WebAssembly)[name];
  /** @type {any} */ (WebAssembly)[name] = async (/** @type {any[]} */ ...given) => {
    const made = await plain.apply(WebAssembly, given);
    for (const each of Object.values((made.instance ?? made).exports ?? {})) {
      if (each instanceof WebAssembly.Memory) memory ??= each;
    }
    for (const group of Object.values(given[1] ?? {})) {
      for (const each of Object.values(group)) if (each instanceof WebAssembly.Memory) memory ??= each;
    }
    return made;
  };
}

/** @type {{run: (source: string) => any, get: (name: string) => any, set: (name: string, value: any) =>
 *   void, load: (name: string) => Promise<boolean>} | null} */
let python = null;

const started = () => {
  if (!python) throw new Error("not started");
  return python;
};

const VERSION = "import sys; _version = sys.version";
// What main() gives is compared as text; tuples and lists differ between no two Pythons.
const WRAP = "def _run():\n    return str(main())\n";
const LOOPS = `
def _nothing():
    return None

def _empty(count):
    for _ in range(count):
        pass

def _calls(function, count):
    for _ in range(count):
        function()
`;

/** @param {() => unknown} work @returns {number} milliseconds */
function timed(work) {
  const before = performance.now();
  work();
  return performance.now() - before;
}

/** @type {Record<string, (argument: any) => Promise<unknown>>} */
const operations = {
  /** @param {{module: string, wasm: string}} argument */
  async micropython({ module, wasm }) {
    const { loadMicroPython } = await import(module);
    const interpreter = await loadMicroPython({ url: wasm, stdout() {}, stderr() {} });
    python = {
      run: (source) => interpreter.runPython(source),
      get: (name) => interpreter.globals.get(name),
      set: (name, value) => interpreter.globals.set(name, value),
      load: async () => false,
    };
    python.run(VERSION);
    return python.get("_version");
  },

  /** @param {{runtime: string, stdlib: string, lock: string}} argument */
  async pyodide({ runtime, stdlib, lock }) {
    const { loadPyodide } = await import(runtime);
    const interpreter = await loadPyodide({
      indexURL: new URL(".", runtime).href,
      stdLibURL: stdlib,
      lockFileURL: lock,
      stdout() {},
      stderr() {},
    });
    python = {
      run: (source) => interpreter.runPython(source),
      get: (name) => interpreter.globals.get(name),
      set: (name, value) => interpreter.globals.set(name, value),
      load: async (name) => Boolean(await interpreter.loadPackage(name, { messageCallback() {} })),
    };
    python.run(VERSION);
    return python.get("_version");
  },

  /** Bytes of WebAssembly memory. */
  async memory() {
    return memory?.buffer.byteLength ?? 0;
  },

  /** Whether this package can be had. @param {string} name */
  async load(name) {
    return started().load(name);
  },

  /** Defines a program's main(). @param {string} source */
  async define(source) {
    started().run(source);
    started().run(WRAP);
  },

  /** Runs it once. */
  async run() {
    const run = started().get("_run");
    let result = "";
    const ms = timed(() => (result = String(run())));
    return { ms, result };
  },

  /** The cost of one call across the bridge, microseconds. @param {number} count */
  async calls(count) {
    started().run(LOOPS);
    const [nothing, empty, calls] = ["_nothing", "_empty", "_calls"].map((name) => started().get(name));
    const toPython = timed(() => {
      for (let left = count; left > 0; left -= 1) nothing();
    });
    const loop = timed(() => empty(count));
    const both = timed(() => calls(() => null, count));
    return {
      toPython: (toPython * 1000) / count,
      toJavaScript: (Math.max(0, both - loop) * 1000) / count,
    };
  },

  /** Has the page change a text so many times: a worker has no page, so each change is a message.
   * @param {number} count */
  async dom(count) {
    started().run("def _show(show, count):\n    for i in range(count):\n        show(str(i))\n");
    started().get("_show")((/** @type {string} */ text) => postMessage({ text }), count);
  },
};

let last = Promise.resolve();
self.onmessage = ({ data: { id, operation, argument } }) => {
  last = last.then(async () => {
    try {
      postMessage({ id, answer: await operations[operation](argument) });
    } catch (error) {
      postMessage({ id, error: String(error).slice(-400) });
    }
  });
};
