// The speed of the line, over the last seconds.

const WINDOW_MS = 5000;

export class Rate {
  /** @type {[number, number][]} when, and how many bytes had arrived by then */ #marks = [];
  #arrived = 0;

  /** @param {number} bytes that crossed the line just now */
  add(bytes, now = performance.now()) {
    this.#arrived += Math.max(0, bytes);
    this.#marks.push([now, this.#arrived]);
    while (this.#marks.length > 2 && now - this.#marks[1][0] > WINDOW_MS) this.#marks.shift();
  }

  /** @returns {number} bytes a second; 0 when that is not known yet */
  perSecond(now = performance.now()) {
    if (this.#marks.length < 2) return 0;
    const [since, before] = this.#marks[0];
    return ((this.#arrived - before) * 1000) / Math.max(1, now - since);
  }
}
