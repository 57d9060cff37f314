// Begins a line of output that is a drawing for the page (demos/stage.py); no text begins so.
export const LINE = "\x1e";
