// The page of the measurements: starts workers, passes questions to them, and nothing else. It
// never asks two workers at once, because tools/bench waits for each answer.

/** @type {Map<string, (operation: string, argument: unknown) => Promise<unknown>>} */
const workers = new Map();
/** @type {Map<string, Worker>} */
const running = new Map();

globalThis.bench = {
  /** @param {string} name @param {string} script beside this file */
  start(name, script) {
    const worker = new Worker(new URL(script, import.meta.url), { type: "module", name });
    /** @type {{resolve: (value: unknown) => void, reject: (error: Error) => void} | null} */
    let waiting = null;
    worker.onmessage = ({ data }) => {
      if ("error" in data) waiting?.reject(new Error(`${name}: ${data.error}`));
      else waiting?.resolve(data.value);
    };
    worker.onerror = (event) => waiting?.reject(new Error(`${name}: ${event.message ?? "stopped"}`));
    running.set(name, worker);
    workers.set(name, (operation, argument) => {
      const { promise, resolve, reject } = Promise.withResolvers();
      waiting = { resolve, reject };
      worker.postMessage({ operation, argument });
      return promise;
    });
  },
  /** @param {string} name @param {string} operation @param {unknown} argument */
  ask(name, operation, argument) {
    const worker = workers.get(name);
    if (!worker) throw new Error(`no worker called ${name}`);
    return worker(operation, argument);
  },
  /** @param {string} name */
  stop(name) {
    running.get(name)?.terminate();
    running.delete(name);
    workers.delete(name);
  },
};
