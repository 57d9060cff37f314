// Runs a program in Pyodide, in a worker of its own: the same files that the app keeps for its engine.
import { absolute, fetchTiers, missing } from "../download.mjs";
import { coming, controlled } from "../offline.mjs";
import { levels } from "../simd.mjs";
import { site } from "./site.mjs";

/** @typedef {import("./micropython.mjs").Answer} Answer */

const CONTROL_MS = 5000;

/** Pyodide alone takes any level; where there is no SIMD, OpenCV does not run. */
async function level() {
  const known = JSON.parse(levels());
  for (const each of known) if ((await missing(tiers(each))) === 0) return each;
  return known[0] ?? "simd";
}

const tiers = (/** @type {string} */ each) => JSON.stringify(["engine", `engine-${each}`]);

/** Bytes still to be fetched; -1 where nothing can be kept. */
export async function engineBytes() {
  return missing(tiers(await level()));
}

/**
 * Fetches what lacks.
 * @param {(done: number, total: number) => void} onProgress in bytes
 * @returns {Promise<{code: string} | null>} what went wrong
 */
export async function fetchEngine(onProgress) {
  await controlled(CONTROL_MS);
  const answer = await fetchTiers(tiers(await level()), onProgress);
  return JSON.parse(answer).error ?? null;
}

/** @param {(text: string, isError: boolean) => void} onOutput */
export async function open(onOutput) {
  const { engine } = await site();
  const chosen = await level();
  if (await coming()) await controlled(CONTROL_MS);
  const whole = (await missing(tiers(chosen))) === 0 && navigator.serviceWorker?.controller;
  // Refused the network by sw.js once everything is kept; see app/sw/kept.mjs.
  const address = new URL(`./python.worker.mjs${whole ? "?kept" : ""}`, import.meta.url);
  const worker = new Worker(address, { type: "module", name: "mekiki-demo" });
  /** @type {Map<number, {resolve: (answer: any) => void, reject: (error: Error) => void}>} */
  const pending = new Map();
  let lastId = 0;
  worker.onmessage = ({ data: { id, answer, error, text, isError } }) => {
    if (text !== undefined) return onOutput(text, isError);
    const call = pending.get(id);
    pending.delete(id);
    if (error) call?.reject(new Error(error));
    else call?.resolve(answer);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    for (const { reject } of pending.values()) reject(new Error(event.message || "worker"));
  };
  /** @param {string} operation @param {unknown} argument @returns {Promise<any>} */
  const call = (operation, argument) =>
    new Promise((resolve, reject) => {
      const id = (lastId += 1);
      pending.set(id, { resolve, reject });
      worker.postMessage({ id, operation, argument });
    });
  try {
    await call("start", {
      runtime: absolute(engine.runtime),
      stdlib: absolute(engine.stdlib),
      lock: absolute(engine.locks[chosen]),
    });
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return {
    /** @param {Record<string, string | Uint8Array>} files @returns {Promise<Answer>} */
    run: (files) => call("run", files),
    /** Ends the worker, whatever it does; what was asked is never answered. */
    close: () => worker.terminate(),
  };
}
