// Starts the shell: MicroPython from npm, PyScript's own Python library, and our modules in mpy/,
// all Python precompiled into one read-only file system image (see docs/decisions/0001).
import * as bridge from "./bridge.mjs";
import * as crash from "./crash.mjs";
import * as download from "./download.mjs";
import * as frames from "./frames.mjs";
import * as inbox from "./inbox.mjs";
import * as install from "./install.mjs";
import * as offline from "./offline.mjs";
import * as own from "./own.mjs";
import * as rooms from "./rooms.mjs";
import * as settings from "./settings.mjs";
import * as simd from "./simd.mjs";
import { pyscriptModules } from "./pyscript.mjs";
import { markPaint } from "./marks.mjs";

/**
 * The address that index.html gives in one of its preload links, so that it stands in one place.
 * @param {string} name
 */
function linked(name) {
  const link = document.querySelector(`link[data-name="${name}"]`);
  if (!(link instanceof HTMLLinkElement)) throw new Error(`index.html has no link named ${name}`);
  return link.href;
}

async function start() {
  markPaint();
  const image = fetch(linked("shell.romfs")).then((response) => {
    if (!response.ok) throw new Error(`shell.romfs: HTTP ${response.status}`);
    return response.arrayBuffer();
  });
  const { loadMicroPython } = await import(linked("micropython.mjs"));
  const interpreter = await loadMicroPython({
    url: linked("micropython.wasm"),
    romfs: new Uint8Array(await image),
    stdout: (/** @type {string} */ line) => console.log(line),
    stderr: (/** @type {string} */ line) => console.error(line),
  });
  const ours = { bridge, crash, download, frames, inbox, install, offline, own, rooms, settings, simd };
  rooms.attach(interpreter.FS);
  const modules = pyscriptModules(interpreter, ours);
  for (const [name, module] of Object.entries(modules)) interpreter.registerJsModule(name, module);
  await interpreter.runPythonAsync("import main");
}

start().catch((error) => {
  // MicroPython itself did not start, so its words are out of reach: index.html holds these.
  console.error(error);
  document.documentElement.dataset.shell = "failed";
});
