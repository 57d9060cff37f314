// One program of a demo: its editable files, Run, Stop, what it printed and drew.
import { show } from "./drawn.mjs";
import { fetchTiers, missing } from "../download.mjs";
import { controlled } from "../offline.mjs";
import { engineTiers } from "../run/pyodide.mjs";
import { LINE } from "../run/mark.mjs";
import { open } from "../run/run.mjs";
import { say } from "./site.mjs";

/** @typedef {import("../run/run.mjs").Answer} Answer */
/** @typedef {import("../run/run.mjs").Files} Files */
/** @typedef {import("../run/run.mjs").Runner} Runner */

const CONTROL_MS = 5000;
const MOST_OUTPUT = 20_000; // characters kept on the page
const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);

export class Program {
  /** @type {Runner | null} */ #runner = null;
  #interpreter = "";
  #stopped = false;
  #rest = ""; // of output, a line not yet ended
  #fresh = false; // what is printed next takes the place of what is there
  /** @type {(() => string) | null} */ #said = null;

  /**
   * @param {HTMLElement} section
   * @param {{data: (source: string) => Promise<Files>, tiers?: (source: string) => string[],
   *   frame: (() => Promise<Files>) | null}} sources what a program is given, the tiers of big files
   *   that holds it, and a frame of a camera
   */
  constructor(section, { data, tiers = () => [], frame }) {
    this.section = section;
    this.data = data;
    this.tiers = tiers;
    this.frame = frame;
    this.files = [...section.querySelectorAll("textarea")];
    this.run = this.#button("run", () => this.#start());
    this.stop = this.#button("stop", () => this.#end());
    this.fetch = this.#button("fetch", () => this.#fetch());
    this.reset = this.#button("reset", () => this.#reset());
    this.output = /** @type {HTMLElement} */ (section.querySelector(".output"));
    this.output.setAttribute("aria-label", say("output"));
    for (const file of this.files) {
      file.addEventListener("input", () => this.#changed());
      file.addEventListener("keydown", (event) => this.#pressed(event));
    }
    for (const radio of section.querySelectorAll("input[type=radio]")) {
      radio.addEventListener("change", () => this.#chosen());
    }
    addEventListener("demos:language", () => this.#say());
  }

  /** @param {string} name @param {() => unknown} clicked */
  #button(name, clicked) {
    const button = /** @type {HTMLButtonElement} */ (this.section.querySelector(`.${name}`));
    button.addEventListener("click", clicked);
    return button;
  }

  /** What is said stays true in the other language, too. @param {() => string} [words] */
  #say(words) {
    if (words) this.#said = words;
    const said = /** @type {HTMLElement} */ (this.section.querySelector(".said"));
    said.textContent = this.#said?.() ?? "";
  }

  get interpreter() {
    const chosen = this.section.querySelector("input[name^=interpreter]:checked");
    return /** @type {HTMLInputElement} */ (chosen).value;
  }

  /** Where it can be chosen, as chosen; else a demo's MicroPython has the page. */
  get place() {
    const chosen = this.section.querySelector("input[name=place]:checked");
    if (chosen) return /** @type {HTMLInputElement} */ (chosen).value;
    return this.interpreter === "pyodide" ? "worker" : "main";
  }

  get #source() {
    return this.files.map((file) => file.value).join("\n");
  }

  #chosen() {
    for (const hint of this.section.querySelectorAll(".place")) {
      const { dataset } = /** @type {HTMLElement} */ (hint);
      /** @type {HTMLElement} */ (hint).hidden = dataset.interpreter !== this.interpreter ||
        (dataset.place ?? this.place) !== this.place;
    }
  }

  /** Control or Command with Enter runs, as in notebooks. @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.run.click(); // does nothing while it is disabled
  }

  #changed() {
    const changed = this.files.some((file) => file.value !== file.defaultValue);
    this.reset.hidden = !changed;
    if (changed) this.#say(() => say("changed"));
  }

  #reset() {
    for (const file of this.files) {
      file.value = file.defaultValue;
      file.dispatchEvent(new Event("change"));
    }
    this.reset.hidden = true;
    this.#say(() => "");
  }

  /** The tiers of big files that this program needs, as JSON. */
  async #tiers() {
    const engine = this.interpreter === "pyodide" ? await engineTiers() : [];
    return JSON.stringify([...new Set([...engine, ...this.tiers(this.#source)])]);
  }

  /** Says what it costs before anything big is fetched. */
  async #everythingIsHere() {
    const bytes = await missing(await this.#tiers());
    if (bytes <= 0) return true; // kept, or this browser cannot keep: then it comes as it is used
    const cost = /** @type {HTMLElement} */ (this.fetch.querySelector("b"));
    cost.textContent = `${megabytes(bytes)} MB`;
    this.fetch.hidden = false;
    this.#say(() => say("fetch_once"));
    return false;
  }

  async #fetch() {
    const bar = /** @type {HTMLProgressElement} */ (this.section.querySelector("progress"));
    this.fetch.hidden = true;
    bar.hidden = false;
    await controlled(CONTROL_MS); // then what comes is kept
    const answer = await fetchTiers(await this.#tiers(), (done, total) => {
      bar.value = total ? done / total : 0;
      this.#say(() => say("fetching", { done: megabytes(done), total: megabytes(total) }));
    });
    bar.hidden = true;
    if (JSON.parse(answer).error) {
      this.fetch.hidden = false;
      this.#say(() => say("fetch_failed"));
    } else {
      this.#start();
    }
  }

  #busy(/** @type {boolean} */ busy) {
    this.run.disabled = busy;
    this.stop.hidden = !busy || this.place === "main";
    this.section.dataset.busy = String(busy);
  }

  async #start() {
    this.#say(() => say("starting"));
    this.run.disabled = true; // at once: a second press must not start a second program
    this.#tell(0);
    if (!(await this.#everythingIsHere())) {
      this.run.disabled = false;
      return;
    }
    this.#stopped = false;
    this.#busy(true);
    this.#clear();
    try {
      const runner = await this.#opened();
      if (this.#stopped) return this.#close();
      for (let first = true; first || this.#again(); first = false) {
        if (first) this.#say(() => say("running"));
        this.#fresh = true;
        this.#rest = "";
        this.#announce(!this.#again());
        const answer = await runner.run(await this.#given());
        if (this.#stopped) return;
        this.#done(answer);
        if (!answer.ok) break;
      }
      if (this.section.dataset.fresh) this.#close();
    } catch (error) {
      if (this.#stopped) return;
      console.info(error);
      this.#close();
      this.#say(() => say("engine_failed"));
    } finally {
      if (!this.#stopped) this.#busy(false);
    }
  }

  /** Who listens is not told of every frame. @param {boolean} aloud */
  #announce(aloud) {
    for (const each of this.section.querySelectorAll(".said, .output")) {
      each.setAttribute("aria-live", aloud ? "polite" : "off");
    }
  }

  /** Whether the next frame of a live camera is to be looked at. */
  #again() {
    return !this.#stopped && Boolean(this.frame) && document.documentElement.dataset.frames === "live";
  }

  async #opened() {
    const wanted = `${this.interpreter} ${this.place}`;
    if (this.#runner && this.#interpreter === wanted) return this.#runner;
    this.#close();
    this.#interpreter = wanted;
    this.#runner = await open({
      interpreter: this.interpreter,
      place: this.place,
      onOutput: (text, isError) => this.#print(text, isError),
    });
    return this.#runner;
  }

  async #given() {
    const edited = this.files.map((file) => [file.dataset.file, file.value]);
    const files = { ...(await this.data(this.#source)), ...(await this.frame?.()) };
    return { ...files, ...Object.fromEntries(edited) };
  }

  /** A new stage, so that nothing of the run before hears what happens on it. */
  #clear() {
    const stage = /** @type {HTMLElement} */ (this.section.querySelector(".stage"));
    stage.replaceWith(stage.cloneNode(false));
    this.output.textContent = "";
  }

  /** The page hears on which line it failed. @param {number} line 0 for none */
  #tell(line) {
    this.section.dispatchEvent(new CustomEvent("program", { detail: { line } }));
  }

  /** @param {Answer} answer */
  #done({ ok, error, milliseconds, memory }) {
    if (ok) {
      const values = { milliseconds: milliseconds.toFixed(0), megabytes: megabytes(memory) };
      this.#say(() => say(memory ? "done_memory" : "done", values));
      return;
    }
    const text = `${error?.type}: ${error?.message}`;
    const line = error?.line ?? 0;
    this.#tell(line);
    this.#print(`${error?.traceback}\n`, true);
    this.#say(() => say(line ? "failed_line" : "failed", { line, error: text }));
  }

  /** @param {string} text @param {boolean} isError */
  #print(text, isError) {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    const stage = /** @type {HTMLElement} */ (this.section.querySelector(".stage"));
    for (const line of lines) {
      if (line.startsWith(LINE)) show(stage, line);
      else this.#write(`${line}\n`, isError);
    }
  }

  /** @param {string} text @param {boolean} isError */
  #write(text, isError) {
    if (this.#fresh) this.output.textContent = "";
    this.#fresh = false;
    const before = (this.output.textContent ?? "").length;
    if (before > MOST_OUTPUT && !isError) return;
    const piece = document.createElement("span");
    piece.className = isError ? "wrong" : "";
    piece.textContent = before + text.length > MOST_OUTPUT && !isError ? say("output_cut") : text;
    this.output.append(piece);
  }

  #end() {
    this.#stopped = true;
    this.#close();
    this.#busy(false);
    this.#say(() => say("stopped"));
  }

  #close() {
    this.#runner?.close();
    this.#runner = null;
  }
}
