// A fixed piece of work that touches little memory. It takes the same time on a quiet machine:
// what its times spread, the machine did.
import { answer } from "./answering.mjs";

/** Multiplies again and again; each step waits for the one before. @param {number} steps */
function spin(steps) {
  let value = 0.5;
  for (let step = 0; step < steps; step += 1) value = 3.9 * value * (1 - value);
  return value;
}

answer({
  /** @param {number} steps */
  run(steps) {
    const startedAt = performance.now();
    const value = spin(steps);
    const milliseconds = performance.now() - startedAt;
    if (!(value >= 0 && value <= 1)) throw new Error("the loop was not run");
    return milliseconds;
  },
});
