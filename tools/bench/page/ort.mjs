// onnxruntime-web: wasm backend, SIMD, one thread, all graph optimisations.
import { answer, fetched } from "./answering.mjs";

/** @type {any} */ let ort = null;
/** @type {any} */ let session = null;
/** @type {Record<string, any>} */ let feeds = {};
/** @type {Record<string, any>} */ let results = {};

answer({
  /** @param {{folder: string}} argument */
  async start({ folder }) {
    ort = await import(`${folder}ort.wasm.min.mjs`);
    ort.env.wasm.wasmPaths = folder;
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = "error"; // its warnings tell of initialisers that it folded
    return ort.env.versions.web;
  },
  /** @param {{onnx: string, blob: string, shape: number[], input: string}} argument */
  async load({ onnx, blob, shape, input }) {
    await session?.release();
    const [graph, values] = await Promise.all([fetched(onnx), fetched(blob)]);
    session = await ort.InferenceSession.create(new Uint8Array(graph), {
      executionProviders: ["wasm"],
      graphOptimizationLevel: "all",
    });
    feeds = { [input]: new ort.Tensor("float32", new Float32Array(values), shape) };
  },
  /** @param {number} times */
  async run(times) {
    const milliseconds = [];
    for (let index = 0; index < times; index += 1) {
      const startedAt = performance.now();
      results = await session.run(feeds);
      for (const tensor of Object.values(results)) tensor.data; // read: they are in JS memory
      milliseconds.push(performance.now() - startedAt);
    }
    return milliseconds;
  },
  outputs: () =>
    Object.entries(results).map(([name, { dims, data }]) => ({
      name,
      shape: dims,
      data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength).toBase64(),
    })),
});
