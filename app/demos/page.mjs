// A page of the demos: its language, its programs, and the service worker that keeps it offline.
import { keep } from "../settings.mjs";
import { keepPages } from "./keeping.mjs";
import { Program } from "./program.mjs";
import { site } from "./site.mjs";

const root = document.documentElement;
const main = /** @type {HTMLElement} */ (document.getElementById("demo"));

/** @returns {Promise<(() => Promise<Record<string, Uint8Array>>) | null>} what gives a frame */
async function source() {
  if (main.dataset.source !== "camera") return null;
  return (await import("./camera.mjs")).start();
}

/** What a demo reads beside its source, fetched when it is first run. */
async function data() {
  const names = (main.dataset.data ?? "").split(" ").filter(Boolean);
  const files = names.map(async (name) => {
    const url = new URL(`../../demos/${main.dataset.demo}/${name}`, import.meta.url);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
    return [name, new Uint8Array(await response.arrayBuffer())];
  });
  return Object.fromEntries(await Promise.all(files));
}

/** @type {Promise<Record<string, Uint8Array>> | null} */ let fetched = null;
function dataOnce() {
  fetched ??= data();
  fetched.catch(() => (fetched = null));
  return fetched;
}

async function start() {
  root.dataset.demos = "starting"; // the modules are here: an error is a program's (see early.js)
  document.getElementById("language")?.addEventListener("click", () => {
    root.lang = root.lang === "ja" ? "en" : "ja";
    keep("language", JSON.stringify(root.lang));
    dispatchEvent(new Event("demos:language"));
  });
  keepPages();
  await site();
  const frame = await source();
  const sections = [...document.querySelectorAll(".program")];
  for (const section of sections) {
    new Program(/** @type {HTMLElement} */ (section), { data: dataOnce, frame });
  }
  root.dataset.demos = "ready";
}

start().catch((error) => {
  console.error(error);
  root.dataset.demos = "failed";
});
