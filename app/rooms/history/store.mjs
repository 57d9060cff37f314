// Keeps pictures on this device and deletes them. Answers are JSON text, with
// {"error": {"code", "data"}} when the browser keeps nothing or has no room.
import { ALL, NAME, nothing, within } from "./database.mjs";
import { thumbnail } from "./thumbnail.mjs";

/** @typedef {import("./database.mjs").Entry} Entry */
/** @typedef {import("./database.mjs").Totals} Totals */
/** @typedef {Blob | ArrayBuffer} Bytes */
/** @typedef {{entry: Entry, thumb: Bytes, picture: Bytes}} Kept */
/** @typedef {import("./database.mjs").Transaction<"readwrite">} Writing */

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;
/** @type {() => void} */ let onChange = () => {};
/** @type {Promise<boolean> | null} */ let blobsWork = null;
/** What remove() took last, until it is restored or let go of. @type {Kept[]} */ let removed = [];

/** @param {() => void} listener called when something was kept, or another tab changed anything */
export function listen(listener) {
  onChange = listener;
  if (channel) channel.onmessage = () => onChange();
}

/** @param {unknown} answer @param {boolean} [added] @returns {string} */
function changed(answer, added = false) {
  if (!(answer && typeof answer === "object" && "error" in answer)) {
    channel?.postMessage("changed");
    if (added) onChange();
  }
  return JSON.stringify(answer);
}

/** @param {Totals} totals @param {Entry} entry @param {1 | -1} sign */
function count(totals, entry, sign) {
  totals.count += sign;
  totals.bytes += sign * entry.bytes;
  for (const label of entry.labels) {
    totals.labels[label] = (totals.labels[label] ?? 0) + sign;
    if (totals.labels[label] <= 0) delete totals.labels[label];
  }
}

/** @param {Writing} transaction @param {Kept[]} kept */
async function write(transaction, kept) {
  const totals = (await transaction.objectStore("totals").get(ALL)) ?? nothing();
  for (const { entry, thumb, picture } of kept) {
    const before = await transaction.objectStore("entries").get(entry.id);
    if (before) count(totals, before, -1);
    count(totals, entry, 1);
    await Promise.all([
      transaction.objectStore("entries").put(entry),
      transaction.objectStore("thumbs").put(thumb, entry.id),
      transaction.objectStore("pictures").put(picture, entry.id),
    ]);
  }
  await transaction.objectStore("totals").put(totals, ALL);
}

/**
 * Whether the browser keeps blobs in its database: as files, which it hands out without reading them.
 * WebKit does not in private windows, and a refused blob among other writes stops its database for
 * good, so this is tried by itself, once.
 */
async function triedBlobs() {
  const answer = await within("readwrite", async (transaction) => {
    await transaction.objectStore("pictures").put(new Blob(["?"]), "probe");
    await transaction.objectStore("pictures").delete("probe");
  });
  const name = answer?.error.data.name ?? "";
  return !["UnknownError", "DataCloneError", "AbortError"].includes(name);
}

/** @param {string} time */
const newId = (time) => `${time}-${Math.random().toString(36).slice(2, 8).padEnd(6, "0")}`;

/**
 * Keeps a picture and what was found in it.
 * @param {string} recordText the record; one without an id is given one
 * @param {Blob} picture
 * @returns {Promise<string>} {"id"} or an error
 */
export async function put(recordText, picture) {
  const record = JSON.parse(recordText);
  record.id ||= newId(record.time);
  const thumb = await thumbnail(picture, record.width, record.height);
  const text = JSON.stringify(record);
  /** @type {Entry} */
  const entry = {
    id: record.id,
    text,
    labels: [...new Set(record.detections.map((/** @type {{label: string}} */ one) => one.label))],
    bytes: picture.size + thumb.size + new Blob([text]).size,
  };
  const blobs = await (blobsWork ??= triedBlobs());
  const kept = blobs
    ? { entry, thumb, picture }
    : { entry, thumb: await thumb.arrayBuffer(), picture: await picture.arrayBuffer() };
  const answer = await within("readwrite", async (transaction) => {
    await write(transaction, [kept]);
    return { id: entry.id };
  });
  return changed(answer, true);
}

/**
 * Deletes pictures at once; until letGo() they can be restored.
 * @param {string} idsText JSON list
 * @returns {Promise<string>} {"count"} of those that were there
 */
export async function remove(idsText) {
  /** @type {string[]} */
  const wanted = JSON.parse(idsText);
  const answer = await within("readwrite", async (transaction) => {
    const totals = (await transaction.objectStore("totals").get(ALL)) ?? nothing();
    /** @type {Kept[]} */
    const taken = [];
    for (const id of wanted) {
      const entry = await transaction.objectStore("entries").get(id);
      if (!entry) continue;
      const thumb = (await transaction.objectStore("thumbs").get(id)) ?? new Blob();
      const blob = await transaction.objectStore("pictures").get(id);
      if (blob) taken.push({ entry, thumb, picture: blob });
      count(totals, entry, -1);
      for (const name of /** @type {const} */ (["entries", "thumbs", "pictures"])) {
        await transaction.objectStore(name).delete(id);
      }
    }
    await transaction.objectStore("totals").put(totals, ALL);
    return taken;
  });
  if (!Array.isArray(answer)) return JSON.stringify(answer);
  removed = answer;
  return changed({ count: answer.length });
}

/** Brings back what remove() deleted last. @returns {Promise<string>} {"count"} */
export async function restore() {
  const kept = removed;
  removed = [];
  const answer = await within("readwrite", async (transaction) => {
    await write(transaction, kept);
    return { count: kept.length };
  });
  return changed(answer);
}

/** Gives up what remove() deleted last. */
export function letGo() {
  removed = [];
}

/** Deletes everything. @returns {Promise<string>} {"count": 0} */
export async function clear() {
  letGo();
  const answer = await within("readwrite", async (transaction) => {
    for (const name of transaction.objectStoreNames) await transaction.objectStore(name).clear();
    return { count: 0 };
  });
  return changed(answer);
}

/** Asks the browser not to delete what is kept; it may never answer, so nobody waits. */
export function askToStay() {
  navigator.storage?.persist?.().catch(() => {});
}
