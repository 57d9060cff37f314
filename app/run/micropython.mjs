// Runs a program in MicroPython: on the page's main thread, where it has the page's elements and cannot
// be stopped, or in a worker of its own, which ends with it.
import { controlled } from "../offline.mjs";
import { site } from "../demos/site.mjs";
import { execute, loaded } from "./program_in_micropython.mjs";
import { called } from "./worker_calls.mjs";

/** @typedef {import("./program_in_micropython.mjs").Files} Files */
/** @typedef {(text: string, isError: boolean) => void} OnOutput */

const SITE = new URL("../../../", import.meta.url);
const CONTROL_MS = 5000;
const folder = async () => new URL(`${(await site()).micropython}/`, SITE).href;

/** @type {Promise<any> | null} one for the page: a second would take the first one's references */
let onPage = null;
/** @type {OnOutput} */ let print = () => {};

/** @param {OnOutput} onOutput */
export async function open(onOutput) {
  onPage ??= folder().then((each) => loaded(each, (text, isError) => print(text, isError)));
  onPage.catch(() => (onPage = null));
  const interpreter = await onPage;
  return {
    /** @param {Files} files */
    run(files) {
      print = onOutput;
      return execute(interpreter, files);
    },
    close() {},
  };
}

/** @param {OnOutput} onOutput */
export async function openInWorker(onOutput) {
  await controlled(CONTROL_MS);
  // MicroPython is a file of the shell, so it is kept as soon as the service worker is there.
  const kept = navigator.serviceWorker?.controller ? "?kept" : "";
  const address = new URL(`./micropython.worker.mjs${kept}`, import.meta.url);
  return called(new Worker(address, { type: "module", name: "mekiki-play" }), await folder(), onOutput);
}
