// Runs a Python program in the interpreter and the place that the person chose.
import { open as openMicroPython, openInWorker } from "./micropython.mjs";
import { open as openPyodide, openInWorker as openPyodideInWorker } from "./pyodide.mjs";

/** @typedef {import("./program_in_micropython.mjs").Answer} Answer */
/** @typedef {import("./program_in_micropython.mjs").Files} Files */
/** @typedef {{run(files: Files): Promise<Answer>, close(): void}} Runner */

const OPEN = /** @type {const} */ ({
  "micropython main": openMicroPython,
  "micropython worker": openInWorker,
  "pyodide main": openPyodide,
  "pyodide worker": openPyodideInWorker,
});

/**
 * @param {{interpreter: string, place: string,
 *   onOutput: (text: string, isError: boolean) => void}} wanted
 * @returns {Promise<Runner>} close() ends a worker at once; nothing stops a program on the page
 * @throws {Error} where there is no such interpreter in such a place
 */
export function open({ interpreter, place, onOutput }) {
  const chosen = OPEN[/** @type {keyof typeof OPEN} */ (`${interpreter} ${place}`)];
  if (!chosen) throw new Error(`no ${interpreter} in ${place}`);
  return chosen(onOutput);
}
