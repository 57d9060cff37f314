// What a program hands to the page (demos/stage.py): a line of JSON behind a mark.
import { LINE } from "../run/mark.mjs";

/** @typedef {{slot: string, kind: "svg", text: string}} Drawing */
/** @typedef {{slot: string, kind: "pixels", width: number, height: number, channels: number,
 *   data: string}} Pixels in base64, row by row */

/** @param {HTMLElement} stage @param {string} line */
export function show(stage, line) {
  const drawn = /** @type {Drawing | Pixels} */ (JSON.parse(line.slice(LINE.length)));
  const figures = [...stage.querySelectorAll("figure")];
  let figure = figures.find((each) => each.dataset.slot === drawn.slot);
  if (!figure) {
    figure = document.createElement("figure");
    figure.dataset.slot = drawn.slot;
    stage.append(figure);
  }
  const made = drawn.kind === "svg" ? drawing(drawn) : pixels(drawn);
  if (made) figure.replaceChildren(made);
}

// What only draws. Others lead away: a <meta> or a link that someone else's program put there.
const DRAWS = new Set(
  "g path polyline polygon line rect circle ellipse text tspan title desc defs".split(" "),
);

/**
 * A parsed document runs no scripts, and the policy of the page refuses handlers in attributes.
 * @param {Drawing} drawn
 */
function drawing({ text }) {
  // As HTML: an XML parser answers what it cannot read with a page of its own, and its own style.
  const svg = new DOMParser().parseFromString(text, "text/html").querySelector("svg");
  for (const each of svg?.querySelectorAll("*") ?? []) {
    if (each.namespaceURI !== svg?.namespaceURI || !DRAWS.has(each.localName)) each.remove();
    else each.removeAttribute("id");
  }
  return svg && document.importNode(svg, true);
}

/** @param {Pixels} drawn */
function pixels({ slot, width, height, channels, data }) {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const image = new ImageData(width, height);
  if (channels === 4) image.data.set(bytes);
  else for (const [at, grey] of bytes.entries()) image.data.set([grey, grey, grey, 255], 4 * at);
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", slot);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}
