// The database that the history is kept in: opened when it is first needed, let go of when another
// tab wants that, and opened again. Whatever fails becomes a code.
import { openDB } from "idb";
import { SCOPE } from "../../caches.mjs";

/**
 * @typedef {object} Entry what is known of one kept picture
 * @property {string} id sorts by time
 * @property {string} text the record, as JSON
 * @property {string[]} labels English names of the classes in it, each once
 * @property {number} bytes of picture, thumbnail and text together
 *
 * @typedef {object} Totals
 * @property {number} count
 * @property {number} bytes
 * @property {Record<string, number>} labels in how many pictures each class is
 *
 * @typedef {import("idb").DBSchema & {
 *   entries: {key: string, value: Entry, indexes: {labels: string}},
 *   thumbs: {key: string, value: Blob | ArrayBuffer},
 *   pictures: {key: string, value: Blob | ArrayBuffer},
 *   totals: {key: string, value: Totals},
 * }} Schema
 *
 * @typedef {("entries" | "thumbs" | "pictures" | "totals")[]} Stores
 */

/**
 * @template {IDBTransactionMode} Mode
 * @typedef {import("idb").IDBPTransaction<Schema, Stores, Mode>} Transaction
 */

/** The key of the totals. */
export const ALL = "all";

/** @returns {Totals} */
export const nothing = () => ({ count: 0, bytes: 0, labels: {} });

export const NAME = `mekiki-history:${SCOPE}`;
/** @type {Stores} */
const STORES = ["entries", "thumbs", "pictures", "totals"];

/** @type {Promise<import("idb").IDBPDatabase<Schema>> | null} */
let connection = null;

const forget = () => {
  connection = null;
};

/** @returns {Promise<import("idb").IDBPDatabase<Schema>>} */
function opened() {
  return new Promise((resolve, reject) => {
    let blocked = false;
    /** @type {import("idb").OpenDBCallbacks<Schema>} */
    const callbacks = {
      upgrade(db) {
        const entries = db.createObjectStore("entries", { keyPath: "id" });
        entries.createIndex("labels", "labels", { multiEntry: true });
        for (const name of /** @type {const} */ (["thumbs", "pictures", "totals"])) {
          db.createObjectStore(name);
        }
      },
      blocked() {
        blocked = true; // by a tab that does not let go: waiting for it could last for ever
        reject(new DOMException("another tab keeps the history open", "BlockedError"));
      },
      blocking(_now, _wanted, event) {
        /** @type {IDBDatabase} */ (event.target).close();
        forget();
      },
      terminated: forget,
    };
    openDB(NAME, 1, callbacks).then((db) => (blocked ? db.close() : resolve(db)), reject);
  });
}

/** @param {IDBTransactionMode} mode */
async function begun(mode) {
  for (const lastTry of [false, true]) {
    connection ??= opened();
    try {
      return (await connection).transaction(STORES, mode);
    } catch (error) {
      forget(); // InvalidStateError: it was closed behind our back
      if (lastTry || /** @type {Error} */ (error).name !== "InvalidStateError") throw error;
    }
  }
  throw new Error("not reached");
}

/**
 * @param {unknown} error
 * @returns {{error: {code: string, data: {detail?: string, name?: string}}}}
 */
function failure(error) {
  const { name, message } = /** @type {Error} */ (error);
  if (name === "QuotaExceededError") return { error: { code: "history-full", data: {} } };
  return { error: { code: "history-unavailable", data: { detail: message || name, name } } };
}

/**
 * Does some work in one transaction: all of it is kept, or nothing.
 * @template {IDBTransactionMode} Mode @template Answer
 * @param {Mode} mode
 * @param {(transaction: Transaction<Mode>) => Promise<Answer>} work may await nothing but the
 *   database, which would end the transaction
 * @returns {Promise<Answer | {error: {code: string, data: {name?: string}}}>}
 */
export async function within(mode, work) {
  let transaction;
  try {
    transaction = /** @type {Transaction<Mode>} */ (await begun(mode));
    const [answer] = await Promise.all([work(transaction), transaction.done]);
    return answer;
  } catch (error) {
    // A failed request ends its transaction by itself (WebKit would hang on a second word of it).
    if (!(error instanceof DOMException)) transaction?.abort();
    // A transaction that finds no room fails each of its requests with less telling errors.
    return failure(transaction?.error ?? error);
  }
}
