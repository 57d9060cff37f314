// In a worker that runs Python: what it is asked is done in order, and answered; see worker_calls.mjs.

import { LINE } from "./mark.mjs";

// Characters of one run: a program that prints without end must not drown the page.
const MOST = 100_000;
let printed = 0;

/** What is printed goes to the page. @param {string} text @param {boolean} isError */
export function print(text, isError) {
  printed += text.startsWith(LINE) ? 0 : text.length;
  if (printed <= MOST) postMessage({ text, isError });
}

/** @param {Record<string, (argument: any) => Promise<unknown>>} operations */
export function answer(operations) {
  let last = Promise.resolve();
  self.onmessage = ({ data: { id, operation, argument } }) => {
    last = last.then(async () => {
      printed = 0;
      try {
        postMessage({ id, answer: await operations[operation](argument) });
      } catch (error) {
        postMessage({ id, error: String(error) });
      }
    });
  };
}
