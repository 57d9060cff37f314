// MicroPython for a program, in a worker: it ends with the worker, also `while True`.
import { answer, print } from "./answering.mjs";
import { execute, loaded } from "./program_in_micropython.mjs";
import { wallIn } from "./walls.mjs";

/** @type {any} */ let interpreter = null;

answer({
  async start(folder) {
    interpreter = await loaded(folder, print);
    wallIn();
  },
  run: (files) => execute(interpreter, files),
});
