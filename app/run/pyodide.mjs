// Runs a program in Pyodide, in a worker of its own: the same files that the app keeps for its engine.
import { absolute, fetchTiers, missing } from "../download.mjs";
import { coming, controlled } from "../offline.mjs";
import { levels } from "../simd.mjs";
import { site } from "../demos/site.mjs";
import { called } from "./worker_calls.mjs";

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
  const start = {
    runtime: absolute(engine.runtime),
    stdlib: absolute(engine.stdlib),
    lock: absolute(engine.locks[chosen]),
  };
  return called(worker, start, onOutput);
}
