// The page's side of the interpreters that are measured, each in a worker of its own.

export class Interpreter {
  #lastId = 0;
  /** @type {Map<number, (answer: string) => void>} */ #pending = new Map();

  /** @param {boolean} kept whether the service worker refuses it the network (app/sw/kept.mjs) */
  constructor(kept) {
    const address = new URL(`./lab.worker.mjs${kept ? "?kept" : ""}`, import.meta.url);
    this.worker = new Worker(address, { type: "module", name: "mekiki-lab" });
    /** @type {(text: string) => void} */ this.onText = () => {};
    this.worker.onmessage = ({ data: { id, answer, error, text } }) => {
      if (text !== undefined) this.onText(text);
      else this.#answer(id, error === undefined ? { answer } : { error });
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.#all(event.message || "worker");
    };
  }

  /** @param {number} id @param {object} answer */
  #answer(id, answer) {
    this.#pending.get(id)?.(JSON.stringify(answer));
    this.#pending.delete(id);
  }

  /** @param {string} error */
  #all(error) {
    for (const id of [...this.#pending.keys()]) this.#answer(id, { error });
  }

  /**
   * @param {string} operation @param {string} argument JSON text
   * @returns {Promise<string>} JSON text: {"answer"} or {"error"}
   */
  ask(operation, argument) {
    return new Promise((resolve) => {
      const id = (this.#lastId += 1);
      this.#pending.set(id, resolve);
      this.worker.postMessage({ id, operation, argument: JSON.parse(argument) });
    });
  }

  /**
   * Has the worker change a text of the page.
   * @param {HTMLElement} element @param {number} count
   * @returns {Promise<string>} JSON text: milliseconds until the last change is made, as an answer
   */
  async show(element, count) {
    const before = performance.now();
    const shown = new Promise((resolve) => {
      let left = count;
      this.onText = (text) => {
        element.textContent = text;
        left -= 1;
        if (!left) resolve(undefined);
      };
    });
    const asked = await this.ask("dom", String(count));
    if (JSON.parse(asked).error) return asked;
    await shown;
    return JSON.stringify({ answer: performance.now() - before });
  }

  /** Ends the worker; what was asked is answered with an error. */
  close() {
    this.worker.terminate();
    this.#all("stopped");
  }
}

/** @param {boolean} kept */
export const open = (kept) => new Interpreter(kept);
