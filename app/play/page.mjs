// The playground: one program, in a Python and a place of the person's choice; shared by a link.
import { register } from "../offline.mjs";
import { keep, read } from "../settings.mjs";
import { Program } from "../demos/program.mjs";
import { say, site } from "../demos/site.mjs";
import { decoded, encoded } from "./link.mjs";

const root = document.documentElement;
const KEPT = "play-source";
const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const editor = /** @type {HTMLTextAreaElement} */ (element("file-0-main"));

/** @type {string | null} */ let told = null;
function tell(/** @type {string | null} */ key = told) {
  told = key;
  element("link-said").textContent = key ? say(key) : "";
}

/** A link brings a source, which is shown; it runs when the person presses Run. */
async function fromLink() {
  const text = new URLSearchParams(location.hash.slice(1)).get("source");
  if (!text) return false;
  try {
    editor.value = await decoded(text);
    tell("link_shown");
  } catch {
    tell("link_broken");
    return false;
  }
  return true;
}

async function share() {
  const address = new URL(location.href);
  address.hash = `source=${await encoded(editor.value)}`;
  history.replaceState(null, "", address);
  try {
    await navigator.clipboard.writeText(address.href);
    tell("link_copied");
  } catch {
    tell("link_in_address"); // the browser refuses the clipboard: the address bar has it
  }
}

async function start() {
  element("language").addEventListener("click", () => {
    root.lang = root.lang === "ja" ? "en" : "ja";
    keep("language", JSON.stringify(root.lang));
    dispatchEvent(new Event("demos:language"));
  });
  addEventListener("demos:language", () => tell());
  register(() => {});
  await site();
  // What the person wrote last stays kept until they change what the link brought.
  if (!(await fromLink())) editor.value = read(KEPT) ?? editor.value;
  editor.addEventListener("input", () => keep(KEPT, editor.value));
  addEventListener("hashchange", fromLink);
  element("share").addEventListener("click", share);
  const section = /** @type {HTMLElement} */ (document.querySelector(".program"));
  new Program(section, { data: async () => ({}), frame: null });
  root.dataset.demos = "ready";
}

start().catch((error) => {
  console.error(error);
  root.dataset.demos = "failed";
});
