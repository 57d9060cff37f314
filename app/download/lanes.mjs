// How many parts are under way at once: one on a slow line, where a second would only halve the
// first; more on a fast one, for as long as that makes it faster.

const MOST = 4;
const FAST = 400_000; // bytes a second (3 Mbit/s) from which a second lane is tried
const BETTER = 1.1; // what another lane must bring

export class Lanes {
  #width = 1;
  #busy = 0;
  #best = 0; // bytes a second, with one lane fewer
  #full = false; // another lane did not help
  /** @type {(() => void)[]} */ #waiting = [];

  get width() {
    return this.#width;
  }

  /** Waits for a free lane, in the order of asking. */
  async enter() {
    if (this.#busy < this.#width) this.#busy += 1;
    else await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
  }

  leave() {
    this.#busy -= 1;
    while (this.#busy < this.#width && this.#waiting.length) {
      this.#busy += 1;
      this.#waiting.shift()?.();
    }
  }

  /**
   * Takes note of the line's speed, after each part.
   * @param {number} rate bytes a second of all lanes together
   */
  measured(rate) {
    if (rate < FAST / 2) [this.#width, this.#best, this.#full] = [1, 0, false];
    else if (rate >= FAST && !this.#full && this.#width < MOST) {
      if (rate >= this.#best * BETTER) [this.#width, this.#best] = [this.#width + 1, rate];
      else this.#full = true;
    }
  }
}
