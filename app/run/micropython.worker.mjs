// MicroPython for a program, in a worker: it ends with the worker, also `while True`.
import { execute, loaded } from "./program_in_micropython.mjs";
import { wallIn } from "./walls.mjs";

/** @type {any} */ let interpreter = null;

/** @type {Record<string, (argument: any) => Promise<unknown>>} */
const operations = {
  /** @param {string} folder of MicroPython */
  async start(folder) {
    interpreter = await loaded(folder, (text, isError) => postMessage({ text, isError }));
    wallIn();
  },
  run: (files) => execute(interpreter, files),
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
