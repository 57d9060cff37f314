// Keeps the models that do not come with the site: files of the person's own, and those of the
// site's list that others serve. Their cache is neither the service worker's nor that of the big
// files, so that no update and no tidying touches what cannot be downloaded again from here.
import { SCOPE } from "./caches.mjs";

const CACHE = `mekiki-own:${SCOPE}`;

/** Names inside the cache; nothing is ever asked for at these addresses. @param {string} id @param {string} file */
const place = (id, file) => new URL(`${SCOPE}own/${id}/${file}`, location.href).href;

/** @param {string} id @param {string} file @returns {Promise<Response | undefined>} */
async function kept(id, file) {
  if (!("caches" in globalThis)) return undefined;
  return (await caches.open(CACHE)).match(place(id, file));
}

/**
 * What could not be kept, for as long as the page lives.
 * @type {Map<string, {onnx: Blob | null, facts: string, decode: string}>}
 */
const unkept = new Map();

/**
 * @param {string} id
 * @returns {Promise<Blob | null>} the ONNX file; null when the browser threw it away
 */
export async function graph(id) {
  try {
    return unkept.get(id)?.onnx ?? (await (await kept(id, "model.onnx"))?.blob()) ?? null;
  } catch {
    return null;
  }
}

/**
 * @param {string} id
 * @returns {Promise<string>} JSON text {"facts", "decode"}, both texts; "" for none
 */
export async function files(id) {
  const held = unkept.get(id);
  if (held) return JSON.stringify({ facts: held.facts, decode: held.decode });
  try {
    const facts = (await (await kept(id, "model.json"))?.text()) ?? "";
    const decode = (await (await kept(id, "decode.py"))?.text()) ?? "";
    return JSON.stringify({ facts, decode });
  } catch {
    return JSON.stringify({ facts: "", decode: "" });
  }
}

/**
 * Keeps a model, or what changed of it.
 * @param {string} id
 * @param {Blob | null} onnx null to leave the graph as it is
 * @param {string} facts text of its model.json, "" for a model of the site's list
 * @param {string} decode text of its decode.py, "" for none
 * @returns {Promise<string>} "" or the code of what went wrong; then it can be used until the page
 *   is left
 */
export async function keep(id, onnx, facts, decode) {
  try {
    const cache = await caches.open(CACHE);
    if (onnx) {
      const headers = { "Content-Length": String(onnx.size) };
      await cache.put(place(id, "model.onnx"), new Response(onnx, { headers }));
    }
    if (facts) {
      await cache.put(place(id, "model.json"), new Response(facts));
      await cache.put(place(id, "decode.py"), new Response(decode));
    }
    unkept.delete(id);
    return "";
  } catch (error) {
    unkept.set(id, { onnx, facts, decode });
    let code = "not-kept";
    if (error instanceof DOMException && error.name === "QuotaExceededError") code = "storage-full";
    return code;
  }
}

/**
 * @param {string} id
 * @returns {Promise<number>} bytes that are free now
 */
export async function remove(id) {
  unkept.delete(id);
  try {
    const freed = (await (await kept(id, "model.onnx"))?.blob())?.size ?? 0;
    const cache = await caches.open(CACHE);
    for (const file of ["model.onnx", "model.json", "decode.py"]) {
      await cache.delete(place(id, file));
    }
    return freed;
  } catch {
    return 0;
  }
}

/** Whether the graph of a model is on this device. @param {string} id @returns {Promise<boolean>} */
export async function has(id) {
  return (await graph(id)) !== null;
}
