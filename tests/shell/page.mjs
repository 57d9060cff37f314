// As much of a page as the shell's modules touch when there is no browser: the elements that
// index.html gives an id, without layout, and a canvas that notes what is drawn on it. What it does
// not know is missing (null, or an error), as an unknown id is in a browser.

const camelCase = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

class Element extends EventTarget {
  #text = "";

  constructor(tag, attributes = {}) {
    super();
    this.tagName = tag.toUpperCase();
    this.attributes = attributes;
    this.id = attributes.id ?? "";
    this.hidden = "hidden" in attributes;
    this.className = attributes.class ?? "";
    this.style = {};
    this.children = [];
    this.dataset = {};
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("data-")) this.dataset[camelCase(name.slice(5))] = value;
    }
  }

  get textContent() {
    return this.#text + this.children.map((child) => child.textContent).join("");
  }

  set textContent(text) {
    this.#text = text;
    this.children = [];
  }

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  append(...children) {
    this.children.push(...children);
  }

  appendChild(child) {
    this.append(child);
    return child;
  }

  replaceChildren(...children) {
    this.textContent = "";
    this.append(...children);
  }
}

/** A 2d context whose letters are all as wide as half the font's size. */
class RecordingContext {
  calls = [];
  font = "10px sans-serif";
  fillStyle = "#000";
  strokeStyle = "#000";
  lineWidth = 1;
  globalAlpha = 1;

  constructor(canvas) {
    this.canvas = canvas;
  }

  measureText(text) {
    return { width: (text.length * Number(this.font.match(/([\d.]+)px/)[1])) / 2 };
  }

  clearRect() {
    this.calls = [];
  }

  stroke({ d }) {
    const { strokeStyle: style, lineWidth: width, globalAlpha: alpha } = this;
    this.calls.push({ call: "stroke", d, style, width, alpha });
  }

  fill({ d }, rule) {
    const { fillStyle: style, globalAlpha: alpha } = this;
    this.calls.push({ call: "fill", d, rule: rule ?? "nonzero", style, alpha });
  }

  fillRect(x, y, width, height) {
    this.calls.push({ call: "fillRect", x, y, width, height, style: this.fillStyle });
  }

  fillText(text, x, y) {
    this.calls.push({ call: "fillText", text, x, y, style: this.fillStyle });
  }
}

class Canvas extends Element {
  width = 300;
  height = 150;
  clientWidth = 300;
  clientHeight = 150;
  #context = new RecordingContext(this);

  getContext() {
    return this.#context;
  }
}

const make = (tag, attributes) =>
  tag === "canvas" ? new Canvas(tag, attributes) : new Element(tag, attributes);

/** Every start tag of an HTML text as an element; who is in whom is not kept. */
function elementsOf(html) {
  return Array.from(html.matchAll(/<(\w+)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/g), (match) => {
    const attributes = match[2].matchAll(/([\w-]+)(?:="([^"]*)")?/g);
    return make(
      match[1],
      Object.fromEntries(Array.from(attributes, ([, name, value]) => [name, value ?? ""])),
    );
  });
}

/**
 * Puts `document`, `navigator` and `localStorage` where a page has them.
 * @param {string} html the text of index.html
 * @param {{storageRefused?: boolean, online?: boolean}} plan whether localStorage throws, as in some
 *   private windows, and whether the browser believes that there is a network
 */
export function makePage(html, { storageRefused = false, online = true }) {
  const all = elementsOf(html);
  const only = (tag) => all.find((each) => each.tagName === tag);
  const kept = new Map();

  const querySelectorAll = (selector) => {
    const [, kind, name] = selector.match(/^(#|\[)([\w-]+)\]?$/) ?? [];
    if (!kind) throw new Error(`tests/shell/page.mjs does not know the selector ${selector}`);
    return all.filter((each) => (kind === "#" ? each.id === name : name in each.attributes));
  };

  globalThis.document = Object.assign(new EventTarget(), {
    defaultView: globalThis,
    baseURI: "https://example.test/mekiki/",
    documentElement: Object.assign(only("HTML"), { lang: "en" }),
    head: only("HEAD"),
    body: only("BODY"),
    createElement: (tag) => make(tag, {}),
    getElementById: (id) => all.find((each) => each.id === id) ?? null,
    querySelector: (selector) => querySelectorAll(selector)[0] ?? null,
    querySelectorAll,
  });
  // Newer nodes have a navigator of their own, which cannot be assigned to.
  Object.defineProperty(globalThis, "navigator", { value: { onLine: online } });
  globalThis.Path2D = class {
    constructor(d) {
      this.d = d;
    }
  };
  globalThis.addEventListener = () => {}; // node has no resize
  globalThis.localStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (storageRefused) throw new DOMException("refused", "SecurityError");
      kept.set(key, value);
    },
    removeItem: (key) => kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}
