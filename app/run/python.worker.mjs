// Pyodide for a program that a person may have changed, in a worker: it ends with the worker.
import { answer, print } from "./answering.mjs";
import { execute, loaded } from "./program_in_pyodide.mjs";
import { wallIn } from "./walls.mjs";

/** @type {any} */ let python = null;

answer({
  async start(start) {
    python = await loaded(start, print);
    wallIn();
  },
  run: (files) => execute(python, files),
});
