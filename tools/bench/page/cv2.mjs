// One cv2 wheel in Pyodide. What is timed, and how, stands in ../forward.py.
import { answer, fetched } from "./answering.mjs";

/** @type {any} */ let pyodide = null;
/** @type {any} the class Network of forward.py */ let Network = null;
/** @type {any} the network at hand */ let network = null;

/** @param {any} proxy a Python list, which is freed */
function plain(proxy) {
  const value = proxy.toJs({ dict_converter: Object.fromEntries });
  proxy.destroy();
  return value;
}

answer({
  /** @param {{runtime: string, packages: string[], code: string}} argument */
  async start({ runtime, packages, code }) {
    const { loadPyodide } = await import(runtime);
    pyodide = await loadPyodide({ indexURL: new URL(".", runtime).href });
    for (const wheel of packages) await pyodide.loadPackage(wheel, { messageCallback() {} });
    const globals = pyodide.toPy({});
    pyodide.runPython(new TextDecoder().decode(await fetched(code)), { globals });
    Network = globals.get("Network");
    return pyodide.runPython("import cv2; cv2.__version__");
  },
  /** @param {{onnx: string, blob: string, shape: number[], input: string, outputs: string[]}} argument */
  async load({ onnx, blob, shape, input, outputs }) {
    network?.destroy();
    network = null;
    const [graph, values] = await Promise.all([fetched(onnx), fetched(blob)]);
    const given = [new Uint8Array(graph), new Uint8Array(values), shape, input, outputs].map((value) =>
      pyodide.toPy(value),
    );
    network = Network(...given);
    for (const value of given) value.destroy?.();
  },
  /** @param {number} times */
  run: (times) => plain(network.run(times)),
  outputs: () => plain(network.encoded_outputs()),
  /** @param {number} times */
  profile: (times) => plain(network.profile(times)),
  /** Bytes of the WebAssembly memory. */
  heap: () => pyodide._module.HEAPU8.length,
});
