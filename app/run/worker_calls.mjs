// Asks a worker that runs Python, and hears what it prints.

/** @typedef {import("./program_in_micropython.mjs").Answer} Answer */
/** @typedef {import("./program_in_micropython.mjs").Files} Files */

/**
 * @param {Worker} worker @param {unknown} start what starts its Python
 * @param {(text: string, isError: boolean) => void} onOutput
 * @returns {Promise<{run(files: Files): Promise<Answer>, close(): void}>}
 */
export async function called(worker, start, onOutput) {
  /** @type {Map<number, {resolve: (answer: any) => void, reject: (error: Error) => void}>} */
  const pending = new Map();
  let lastId = 0;
  worker.onmessage = ({ data: { id, answer, error, text, isError } }) => {
    if (text !== undefined) return onOutput(text, isError);
    const call = pending.get(id);
    pending.delete(id);
    if (error) call?.reject(new Error(error));
    else call?.resolve(answer);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    for (const { reject } of pending.values()) reject(new Error(event.message || "worker"));
  };
  /** @param {string} operation @param {unknown} argument @returns {Promise<any>} */
  const call = (operation, argument) =>
    new Promise((resolve, reject) => {
      const id = (lastId += 1);
      pending.set(id, { resolve, reject });
      worker.postMessage({ id, operation, argument });
    });
  try {
    await call("start", start);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return {
    run: (files) => call("run", files),
    /** Ends the worker, whatever it does; what was asked is never answered. */
    close: () => worker.terminate(),
  };
}
