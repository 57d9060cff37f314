// The playground: one program, in a Python and a place of the person's choice; shared by a link.
import { keep, read } from "../settings.mjs";
import { keepPages } from "../demos/keeping.mjs";
import { Program } from "../demos/program.mjs";
import { say, site } from "../demos/site.mjs";
import { given, tiersOf } from "./given.mjs";
import { decoded, encoded } from "./link.mjs";

/** @typedef {{name: string, interpreter: string, place: string, source: string}} Snippet */

const root = document.documentElement;
const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const section = /** @type {HTMLElement} */ (document.querySelector(".program"));
const area = /** @type {HTMLTextAreaElement} */ (element("file-0-main"));
const chooser = /** @type {HTMLSelectElement} */ (element("snippet"));
const camera = element("camera");

// There while a link has brought something: not every browser hides an option.
const ofLink = /** @type {HTMLOptionElement} */ (chooser.querySelector("[value=link]"));
ofLink.remove();

/** @type {Record<string, Snippet>} what can be chosen: snippets, one's own, and what a link brought */
const programs = {};
/** @type {import("./given.mjs").Model} */ let model;

/** @type {Program} */ let program;

/** @type {Record<string, string | null>} what is said where, by the places' ids */
const told = {};
function tell(/** @type {string} */ place, /** @type {string | null} */ key = told[place]) {
  told[place] = key;
  element(place).textContent = key ? say(key) : "";
}

const radio = (/** @type {string} */ group, /** @type {string} */ value) =>
  /** @type {HTMLInputElement} */ (section.querySelector(`input[name=${group}][value=${value}]`));
const chosen = (/** @type {string} */ group) =>
  /** @type {HTMLInputElement} */ (section.querySelector(`input[name=${group}]:checked`)).value;

/** In the page's language: an option holds no elements that the style sheet could choose from. */
function name() {
  for (const option of [...chooser.options, ofLink]) {
    option.textContent = option.dataset[root.lang === "ja" ? "ja" : "en"] ?? "";
  }
}

/** Puts a program into the editor: as the person left it, else as it was. @param {string} name */
function show(name) {
  const { source, interpreter, place } = programs[name];
  program.leave();
  chooser.value = name;
  tell("link-said", name === "link" ? "link_shown" : null);
  for (const [group, value] of [["interpreter", interpreter], ["place", place]]) {
    radio(group, value).click();
  }
  area.defaultValue = source;
  area.value = read(`play-${name}`) || source;
  area.readOnly = false;
  area.dispatchEvent(new Event("shown"));
  changed();
}

function changed() {
  const same = area.value === area.defaultValue;
  // One's own program was nothing before: to take that back would be to lose it.
  const reset = /** @type {HTMLElement} */ (section.querySelector(".reset"));
  reset.hidden = same || chooser.value === "own";
  element("link").hidden = true;
  tell("share-said", null);
  keep("play-at", chooser.value);
  keep(`play-${chooser.value}`, same ? "" : area.value);
  camera.hidden = !area.value.includes("frame.rgba");
  if (camera.hidden && root.dataset.frames) element("use-sample").click(); // also one that is asked for
}

const INTERPRETERS = ["micropython", "pyodide"];
const PLACES = ["worker", "main"];

/** What a link brings can be chosen from now on. @param {string} hash of the link */
async function add(hash) {
  const brought = new URLSearchParams(hash.slice(1));
  const [interpreter, place] = (brought.get("run") ?? "").split(".");
  programs.link = {
    name: "link",
    source: await decoded(brought.get("source") ?? ""),
    interpreter: INTERPRETERS.find((each) => each === interpreter) ?? INTERPRETERS[0],
    place: PLACES.find((each) => each === place) ?? PLACES[0],
  };
  chooser.append(ofLink);
}

/** A link's program is shown; it runs when the person presses Run. */
async function fromLink() {
  const { hash } = location;
  if (!hash.includes("source=")) return false;
  try {
    await add(hash);
  } catch (error) {
    console.info("The link holds no program:", error);
    tell("link-said", "link_broken");
    return false;
  }
  if (read("play-brought") !== hash) keep("play-link", ""); // else it was changed here since
  keep("play-brought", hash);
  show("link");
  return true;
}

async function share() {
  const address = new URL(location.href);
  const run = `${chosen("interpreter")}.${chosen("place")}`;
  address.hash = `run=${run}&source=${await encoded(area.value)}`;
  const shown = /** @type {HTMLInputElement} */ (element("link"));
  shown.value = address.href;
  try {
    await navigator.clipboard.writeText(address.href);
    tell("share-said", "link_copied");
  } catch {
    shown.hidden = false; // the browser refuses the clipboard
    shown.select();
    tell("share-said", "link_below");
  }
}

function choose() {
  history.replaceState(null, "", location.pathname); // or loading anew would bring the link's again
  show(chooser.value);
}

/** The editor's bytes come when the page is there already. */
async function improve() {
  const { edit } = await import("./editor.mjs");
  const mark = edit(area, element("editor"), () => program.run.click());
  section.addEventListener("program", (event) => mark(/** @type {CustomEvent} */ (event).detail.line));
  root.dataset.editor = "ready";
}

/** @type {Promise<() => Promise<Record<string, Uint8Array>>> | null} */ let frames = null;
async function frame() {
  if (camera.hidden) return {};
  frames ??= import("../demos/camera.mjs").then(({ start }) => start());
  frames.catch(() => (frames = null));
  return (await frames)();
}

async function start() {
  root.dataset.demos = "starting"; // the modules are here: an error is a program's (see early.js)
  element("language").addEventListener("click", () => {
    root.lang = root.lang === "ja" ? "en" : "ja";
    keep("language", JSON.stringify(root.lang));
    dispatchEvent(new Event("demos:language"));
  });
  addEventListener("demos:language", () => {
    for (const place of Object.keys(told)) tell(place);
    name();
  });
  name();
  keepPages();
  await site();
  const known = await (await fetch(new URL("./play.json", import.meta.url))).json();
  model = known.model;
  for (const snippet of known.snippets) programs[snippet.name] = snippet;
  programs.own = { ...known.snippets[0], name: "own", source: "" };
  program = new Program(section, {
    data: (source) => given(source, model),
    tiers: (source) => tiersOf(source, model),
    frame,
  });
  area.addEventListener("input", changed);
  area.addEventListener("change", changed);
  chooser.addEventListener("change", choose);
  addEventListener("hashchange", fromLink);
  element("share").addEventListener("click", share);
  await add(read("play-brought") ?? "").catch(() => {}); // what a link brought last time, if one did
  if (!(await fromLink())) {
    const broken = told["link-said"];
    const at = read("play-at") ?? "";
    show(at in programs ? at : known.snippets[0].name);
    if (broken) tell("link-said", broken);
  }
  // The camera's picture is there before it is asked for, so that the person sees what is given.
  const early = () => frame().catch((error) => console.info("No picture yet:", error));
  new MutationObserver(early).observe(camera, { attributeFilter: ["hidden"] });
  early();
  await improve().catch((error) => console.info("No editor:", error));
  root.dataset.demos = "ready";
}

start().catch((error) => {
  console.error(error);
  root.dataset.demos = "failed";
});
