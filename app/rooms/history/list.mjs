// Reads what is kept on this device. Answers are JSON text, with {"error": {"code", "data"}} in
// place of what was asked for when the browser keeps nothing.
import { ALL, nothing, within } from "./database.mjs";

/** @typedef {import("./database.mjs").Entry} Entry */
/** @typedef {import("./database.mjs").Transaction<"readonly">} Reading */

/** @type {Set<string>} */ const addresses = new Set();

/**
 * The ids of what is kept, newest first.
 * @param {Reading} transaction @param {string[]} labels only pictures with one of these; all if empty
 */
async function idsOf(transaction, labels) {
  const entries = transaction.objectStore("entries");
  if (!labels.length) return (await entries.getAllKeys()).reverse();
  const lists = labels.map((label) => entries.index("labels").getAllKeys(label));
  return [...new Set((await Promise.all(lists)).flat())].sort().reverse();
}

/** @param {Entry} entry @param {Blob | ArrayBuffer | undefined} thumb */
function listed({ id, text, bytes }, thumb) {
  const { time, model, name, detections } = JSON.parse(text);
  /** @type {Map<string, {class_id: number, label: string, count: number}>} */
  const counts = new Map();
  for (const { class_id, label } of detections) {
    const one = counts.get(label) ?? { class_id, label, count: 0 };
    one.count += 1;
    counts.set(label, one);
  }
  const small = thumb instanceof ArrayBuffer ? new Blob([thumb]) : thumb;
  const address = small?.size ? URL.createObjectURL(small) : "";
  if (address) addresses.add(address);
  return { id, time, model, name, bytes, counts: [...counts.values()], thumb: address };
}

/**
 * One page of the list, newest first.
 * @param {string} before the id of the last one shown; "" for the first page
 * @param {number} limit
 * @param {string} labelsText JSON list: only pictures with one of these classes; all if empty
 * @returns {Promise<string>} {"entries": [{id, time, model, name, bytes,
 *   counts: [{class_id, label, count}], thumb: an address for release()}], "total": of all pages}
 */
export async function page(before, limit, labelsText) {
  const answer = await within("readonly", async (transaction) => {
    const ids = await idsOf(transaction, JSON.parse(labelsText));
    const found = before ? ids.findIndex((id) => id < before) : 0;
    const start = found < 0 ? ids.length : found;
    const rows = ids.slice(start, start + limit).map(async (id) => {
      const entry = transaction.objectStore("entries").get(id);
      const thumb = transaction.objectStore("thumbs").get(id);
      return { entry: await entry, thumb: await thumb };
    });
    return { rows: await Promise.all(rows), total: ids.length };
  });
  if ("error" in answer) return JSON.stringify(answer);
  const entries = answer.rows.flatMap(({ entry, thumb }) => (entry ? [listed(entry, thumb)] : []));
  return JSON.stringify({ entries, total: answer.total });
}

/** Frees the thumbnails of all pages. */
export function release() {
  for (const address of addresses) URL.revokeObjectURL(address);
  addresses.clear();
}

/**
 * @param {string} labelsText as for page()
 * @returns {Promise<string>} {"ids"}, newest first
 */
export async function ids(labelsText) {
  const labels = JSON.parse(labelsText);
  return JSON.stringify(
    await within("readonly", async (transaction) => ({ ids: await idsOf(transaction, labels) })),
  );
}

/** @param {string} id @returns {Promise<string>} the record itself, {} when it is gone, or an error */
export async function record(id) {
  const answer = await within("readonly", (transaction) =>
    transaction.objectStore("entries").get(id),
  );
  if (answer && "error" in answer) return JSON.stringify(answer);
  return answer ? answer.text : "{}";
}

/** @param {string} id @returns {Promise<Blob | null>} null when it is gone or cannot be read */
export async function picture(id) {
  const answer = await within("readonly", (transaction) =>
    transaction.objectStore("pictures").get(id),
  );
  if (answer instanceof ArrayBuffer) return new Blob([answer], { type: "image/jpeg" });
  return answer instanceof Blob ? answer : null;
}

/** @returns {Promise<string>} {"count", "bytes", "labels": {label: number of pictures}} */
export async function summary() {
  const answer = await within("readonly", (transaction) =>
    transaction.objectStore("totals").get(ALL),
  );
  return JSON.stringify(answer ?? nothing());
}
