// Runs a program in Pyodide: the same files that the app keeps for its engine, in a worker of its own,
// or on the page's main thread, where it has the page's elements and cannot be stopped.
import { absolute, missing } from "../download.mjs";
import { coming, controlled } from "../offline.mjs";
import { levels } from "../simd.mjs";
import { site } from "../demos/site.mjs";
import { execute, loaded } from "./program_in_pyodide.mjs";
import { called } from "./worker_calls.mjs";

/** @typedef {import("./program_in_micropython.mjs").Files} Files */
/** @typedef {import("./micropython.mjs").OnOutput} OnOutput */

const CONTROL_MS = 5000;
const tiers = (/** @type {string} */ level) => ["engine", `engine-${level}`];

/** Pyodide alone takes any level; where there is no SIMD, OpenCV does not run. */
async function level() {
  const known = JSON.parse(levels());
  for (const each of known) if ((await missing(JSON.stringify(tiers(each)))) === 0) return each;
  return known[0] ?? "simd";
}

/** The tiers that Pyodide needs here; see download.mjs. */
export const engineTiers = async () => tiers(await level());

/** What starts it. @returns {Promise<import("./program_in_pyodide.mjs").Start>} */
async function start() {
  const { engine } = await site();
  return {
    runtime: absolute(engine.runtime),
    stdlib: absolute(engine.stdlib),
    lock: absolute(engine.locks[await level()]),
  };
}

/** @param {OnOutput} onOutput */
export async function openInWorker(onOutput) {
  if (await coming()) await controlled(CONTROL_MS);
  const lacking = await missing(JSON.stringify(await engineTiers()));
  const whole = lacking === 0 && navigator.serviceWorker?.controller;
  // Refused the network by sw.js once everything is kept; see app/sw/kept.mjs.
  const address = new URL(`./python.worker.mjs${whole ? "?kept" : ""}`, import.meta.url);
  const worker = new Worker(address, { type: "module", name: "mekiki-demo" });
  return called(worker, await start(), onOutput);
}

/** @type {Promise<any> | null} one for the page: it stays until the page goes */ let onPage = null;
/** @type {OnOutput} */ let print = () => {};

/** @param {OnOutput} onOutput */
export async function open(onOutput) {
  onPage ??= start().then((each) => loaded(each, (text, isError) => print(text, isError)));
  onPage.catch(() => (onPage = null));
  const python = await onPage;
  return {
    /** @param {Files} files */
    run(files) {
      print = onOutput;
      return execute(python, files);
    },
    close() {},
  };
}
