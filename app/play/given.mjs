// The files that a program is given because it names them: the app's model, a photo, code of ours.
import { absolute, assetsOf } from "../download.mjs";

/** @typedef {{id: string}} Model the facts of its model.json */

/**
 * @param {Model} model
 * @returns {Record<string, [string, (url: string) => boolean]>} tier, and which of its files
 */
const kept = (model) => ({
  "model.onnx": [`model:${model.id}`, (url) => url.endsWith(".onnx")],
  "model.zip": [`model:${model.id}`, (url) => url.endsWith(".zip")],
  "mekiki.zip": ["engine", (url) => url.endsWith("/mekiki.zip")],
  "photo.jpg": ["samples", (url) => url.endsWith("/astronaut.jpg")],
});

/** @param {string} source @param {Model} model @returns {string[]} the tiers that hold what it names */
export function tiersOf(source, model) {
  const named = Object.entries(kept(model)).filter(([name]) => source.includes(name));
  return named.map(([, [tier]]) => tier);
}

/** @param {string | URL} url */
async function bytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * @param {string} source @param {Model} model
 * @returns {Promise<Record<string, string | Uint8Array>>} files by name
 */
export async function given(source, model) {
  /** @type {Record<string, string | Uint8Array>} */ const files = {};
  for (const [name, [tier, wanted]] of Object.entries(kept(model))) {
    if (!source.includes(name)) continue;
    const asset = (await assetsOf([tier])).find(({ url }) => wanted(url));
    if (asset) files[name] = await bytes(absolute(asset.url));
  }
  if (source.includes("model.json")) files["model.json"] = JSON.stringify(model);
  if (/\b(from|import) stage\b/.test(source)) {
    const text = await bytes(new URL("./stage.py", import.meta.url));
    files["stage.py"] = new TextDecoder().decode(text);
  }
  return files;
}
