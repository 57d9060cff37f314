// What the browser tells of the device, and how the results leave the page.
import { saveBlob } from "../../frames.mjs";

/** @returns {string} JSON text */
export function device() {
  const { userAgent, hardwareConcurrency, platform, language } = navigator;
  const memory = /** @type {any} */ (navigator).deviceMemory ?? null; // gigabytes, rounded
  return JSON.stringify({ userAgent, cores: hardwareConcurrency, memory, platform, language });
}

/** @param {string} text JSON @param {string} name */
export function saveText(text, name) {
  saveBlob(new Blob([text], { type: "application/json" }), name);
}

const [WIDTH, MARGIN, LINE] = [1080, 48, 40];

/** A colour of the page's. @param {string} name */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/**
 * Draws results as a picture, and saves it.
 * @param {string} pageText JSON text: {"title", "lines": [texts], "bars": [{"title", "rows":
 *   [{"label", "value" (text), "part" (0..1), "kind" (0 or 1)}]}]}
 * @param {string} name of the file
 * @returns {Promise<boolean>} whether it could be made
 */
export async function savePicture(pageText, name) {
  const page = JSON.parse(pageText);
  const rows = page.bars.reduce((/** @type {number} */ sum, /** @type {any} */ each) => sum + each.rows.length + 2, 0);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: WIDTH, height: 2 * MARGIN + LINE * (page.lines.length + rows + 3) });
  const context = canvas.getContext("2d");
  if (!context) return false;
  context.fillStyle = colour("--paper") || "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  const ink = colour("--ink") || "#000";
  let y = MARGIN + LINE;
  const write = (/** @type {string} */ text, /** @type {number} */ size, x = MARGIN) => {
    context.fillStyle = ink;
    context.font = `${size}px system-ui, sans-serif`;
    context.fillText(text, x, y, WIDTH - MARGIN - x);
  };
  write(page.title, 36);
  y += LINE;
  for (const line of page.lines) {
    y += LINE;
    write(line, 24);
  }
  for (const { title, rows: bars } of page.bars) {
    y += 2 * LINE;
    write(title, 28);
    for (const { label, value, part, kind } of bars) {
      y += LINE;
      write(label, 22);
      context.fillStyle = colour(kind ? "--seal" : "--indigo");
      context.fillRect(420, y - 20, Math.max(2, part * 400), 24);
      write(value, 22, 840);
    }
  }
  /** @type {Blob | null} */
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob) saveBlob(blob, name);
  return blob !== null;
}
