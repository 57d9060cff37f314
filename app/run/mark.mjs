// Begins a line of output that is a drawing for the page (demos/stage.py); no text begins so.
export const LINE = "\x1e";

// Ends what a run printed: interpreters keep what has no line break yet.
export const END = "\x1f";

/** Hands a line on, without that end. @param {(text: string, isError: boolean) => void} print */
export const lines = (print) => (/** @type {boolean} */ isError) => (/** @type {string} */ line) => {
  const text = line.endsWith(END) ? line.slice(0, -1) : `${line}\n`;
  if (text) print(text.endsWith("\n") ? text : `${text}\n`, isError);
};
