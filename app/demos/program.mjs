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
/** @typedef {{interpreter: string, place: string, edited: Files, source: string}} Asked */

const CONTROL_MS = 5000;
const MOST_ERROR = 500;
const MOST_OUTPUT = 20_000; // characters kept on the page
const painted = () => new Promise((resolve) => setTimeout(resolve, 50));
const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);

export class Program {
  /** @type {Runner | null} */ #runner = null;
  #interpreter = "";
  #turn = 0; // what belongs to an earlier one has been stopped
  /** @type {Asked | null} */ #offered = null; // whose bytes the button tells
  #rest = ""; // of output, a line not yet ended
  #fresh = false; // what is printed next takes the place of what is there
  /** @type {(() => string) | null} */ #said = null;
  /** @type {HTMLProgressElement} */ #bar;

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
    this.#bar = /** @type {HTMLProgressElement} */ (section.querySelector("progress"));
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
    if (changed && this.section.dataset.busy !== "true") this.#say(() => say("changed"));
  }

  #reset() {
    for (const file of this.files) {
      file.value = file.defaultValue;
      file.dispatchEvent(new Event("change"));
    }
    this.reset.hidden = true;
    this.#say(() => "");
  }

  /** What Run stands for, taken when it is pressed: what is shown later (a link's program) is not. */
  #asked() {
    const edited = Object.fromEntries(this.files.map((file) => [file.dataset.file, file.value]));
    const { interpreter, place } = this;
    return { interpreter, place, edited, source: Object.values(edited).join("\n") };
  }

  /** The tiers of big files that a program needs, as JSON. @param {Asked} asked */
  async #tiers({ interpreter, source }) {
    const engine = interpreter === "pyodide" ? await engineTiers() : [];
    return JSON.stringify([...new Set([...engine, ...this.tiers(source)])]);
  }

  /** Says what it costs before anything big is fetched. @param {Asked} asked @param {() => boolean} mine */
  async #everythingIsHere(asked, mine) {
    const bytes = await missing(await this.#tiers(asked));
    if (bytes <= 0) return true; // kept, or this browser cannot keep: then it comes as it is used
    if (!mine()) return false;
    const cost = /** @type {HTMLElement} */ (this.fetch.querySelector("b"));
    cost.textContent = `${megabytes(bytes)} MB`;
    this.fetch.hidden = false;
    this.#offered = asked;
    this.#say(() => say("fetch_once"));
    return false;
  }

  async #fetch() {
    const asked = this.#offered;
    if (!asked) return;
    const turn = (this.#turn += 1);
    this.fetch.hidden = true;
    this.run.disabled = true;
    this.#bar.hidden = false;
    await controlled(CONTROL_MS); // then what comes is kept
    const answer = await fetchTiers(await this.#tiers(asked), (done, total) => {
      if (turn !== this.#turn) return;
      this.#bar.value = total ? done / total : 0;
      this.#say(() => say("fetching", { done: megabytes(done), total: megabytes(total) }));
    });
    if (turn !== this.#turn) return; // another program is shown, and nobody pressed Run for it
    this.#bar.hidden = true;
    this.run.disabled = false;
    if (JSON.parse(answer).error) {
      this.fetch.hidden = false;
      this.#say(() => say("fetch_failed"));
    } else {
      this.#start(asked);
    }
  }

  /** @param {boolean} busy @param {Asked} [asked] what is run */
  #busy(busy, asked) {
    this.run.disabled = busy;
    // Between two frames of a camera a program on the page can be stopped, too.
    this.stop.hidden = !asked || (asked.place === "main" && !this.#again(asked));
    this.section.dataset.busy = String(busy);
  }

  /** @param {Asked} [asked] */
  async #start(asked = this.#asked()) {
    const turn = (this.#turn += 1);
    const mine = () => turn === this.#turn;
    this.#say(() => say("starting"));
    this.fetch.hidden = true;
    this.run.disabled = true; // at once: a second press must not start a second program
    this.#tell(0);
    const here = await this.#everythingIsHere(asked, mine);
    if (!mine()) return;
    if (!here) {
      this.run.disabled = false;
      return;
    }
    this.#busy(true, asked);
    this.#clear();
    try {
      const runner = await this.#opened(asked, mine);
      const data = await this.data(asked.source);
      for (let first = true; first || this.#again(asked); first = false) {
        if (!mine()) return;
        if (first) this.#say(() => say("running"));
        this.#fresh = true;
        this.#rest = "";
        this.#announce(!this.#again(asked));
        const files = { ...data, ...(await this.frame?.()), ...asked.edited };
        if (asked.place === "main") await painted();
        if (!mine()) return;
        const answer = await runner.run(files);
        if (!mine()) return;
        this.#done(answer);
        if (!answer.ok) break;
      }
      if (this.section.dataset.fresh) this.#close();
    } catch (error) {
      if (!mine()) return;
      console.info(error);
      this.#close();
      this.#say(() => say("engine_failed"));
    } finally {
      if (mine()) this.#busy(false);
    }
  }

  /** Who listens is not told of every frame. @param {boolean} aloud */
  #announce(aloud) {
    for (const each of this.section.querySelectorAll(".said, .output")) {
      each.setAttribute("aria-live", aloud ? "polite" : "off");
    }
  }

  /** Whether the next frame of a live camera is to be looked at. @param {Asked} asked */
  #again({ source }) {
    if (!this.frame || !source.includes("frame.rgba")) return false;
    return document.documentElement.dataset.frames === "live";
  }

  /** @param {Asked} asked @param {() => boolean} mine */
  async #opened({ interpreter, place }, mine) {
    const wanted = `${interpreter} ${place}`;
    if (this.#runner && this.#interpreter === wanted) return this.#runner;
    this.#close();
    /** @type {Runner | null} */ let opened = null;
    const onOutput = (/** @type {string} */ text, /** @type {boolean} */ isError) => {
      if (opened && opened === this.#runner) this.#print(text, isError);
    };
    opened = await open({ interpreter, place, onOutput });
    if (mine()) {
      this.#runner = opened;
      this.#interpreter = wanted;
    } else {
      opened.close(); // stopped meanwhile
    }
    return opened;
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
    const text = `${error?.type}: ${error?.message}`.slice(0, MOST_ERROR);
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
      if (line.startsWith(LINE)) this.#draw(stage, line);
      else this.#write(`${line}\n`, isError);
    }
  }

  /** @param {HTMLElement} stage @param {string} line */
  #draw(stage, line) {
    try {
      show(stage, line);
    } catch (error) {
      this.#write(`${error}\n`, true); // no drawing of demos/stage.py's
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
    this.#turn += 1;
    this.#close();
    this.#busy(false);
    this.#say(() => say("stopped"));
  }

  /** Another program is shown: what ran ends, and what it left is taken away. */
  leave() {
    this.#turn += 1;
    this.#close();
    this.#busy(false);
    this.#bar.hidden = this.fetch.hidden = true;
    this.#clear();
    this.#tell(0);
    this.#say(() => "");
  }

  #close() {
    this.#runner?.close();
    this.#runner = null;
  }
}
