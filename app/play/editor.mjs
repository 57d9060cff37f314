// CodeMirror in the place of a <textarea>, which stays the one who knows the text: the page works
// without the editor, before it comes and where it does not.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  HighlightStyle,
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { say } from "../demos/site.mjs";

// In the page's colours, which are light or dark.
const theme = EditorView.theme({
  "&": {
    color: "var(--ink)",
    backgroundColor: "var(--paper)",
    fontSize: "0.85rem",
    border: "1px solid var(--edge)",
    borderRadius: "0.5rem",
    overflow: "hidden",
  },
  "&.cm-focused": { outline: "2px solid var(--indigo)", outlineOffset: "1px" },
  ".cm-scroller": {
    fontFamily: 'ui-monospace, "Noto Sans Mono", "Noto Sans Mono CJK JP", monospace',
    lineHeight: "1.5",
    maxHeight: "60vh",
  },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.6rem 0" },
  ".cm-content, .cm-gutter": { minHeight: "9rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--sheet)", color: "var(--faint)", borderColor: "var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in srgb, var(--line) 45%, transparent)",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--indigo) 30%, transparent)",
  },
  ".wrong": {
    backgroundColor: "color-mix(in srgb, var(--seal) 16%, transparent)",
    boxShadow: "inset 3px 0 var(--seal)",
  },
});
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--indigo)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--good)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--seal)" },
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.className], fontWeight: "bold" },
]);

/** @type {import("@codemirror/state").StateEffectType<number>} */
const setWrong = StateEffect.define();
/** The line that an error names, until the text changes. */
const wrong = StateField.define({
  create: () => Decoration.none,
  update(marks, { docChanged, effects, state }) {
    const set = effects.find((effect) => effect.is(setWrong));
    if (!set) return docChanged ? Decoration.none : marks;
    if (set.value < 1 || set.value > state.doc.lines) return Decoration.none;
    return Decoration.set(Decoration.line({ class: "wrong" }).range(state.doc.line(set.value).from));
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * @param {HTMLTextAreaElement} area becomes hidden; what is typed goes into it as "input", and what
 *   others put into it comes from it on "change", and another program on "shown"
 * @param {HTMLElement} host where the editor is to be
 * @param {() => void} run for Control or Command with Enter
 * @returns {(line: number) => void} marks a line as wrong; 0 for none
 */
export function edit(area, host, run) {
  // Its styles are made by script, which the page's policy lets into a shadow root only.
  const root = host.attachShadow({ mode: "open" });
  const typed = EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    const text = update.state.doc.toString();
    if (text === area.value) return;
    area.value = text;
    area.dispatchEvent(new Event("input"));
  });
  const keys = [
    ...["Mod-Enter", "Ctrl-Enter"].map((key) => ({ key, run: () => (run(), true) })),
    indentWithTab, // Escape, then Tab, leaves the editor
    ...defaultKeymap,
    ...historyKeymap,
  ];
  const fresh = () =>
    EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        drawSelection(),
        history(),
        indentOnInput(),
        indentUnit.of("    "),
        bracketMatching(),
        python(),
        syntaxHighlighting(colours),
        wrong,
        keymap.of(keys),
        EditorView.contentAttributes.of({
          tabindex: "0", // it has the focus by itself; said for who asks the markup
          "aria-label": area.labels[0]?.textContent ?? "",
          "aria-description": say("editor_keys"),
        }),
        theme,
        typed,
      ],
    });
  const view = new EditorView({ root, parent: root, state: fresh() });
  const writing = document.activeElement === area;
  area.hidden = true;
  if (writing) {
    view.dispatch({ selection: { anchor: area.selectionStart, head: area.selectionEnd } });
    view.focus();
  }
  area.labels[0]?.addEventListener("click", () => view.focus());
  area.addEventListener("shown", () => view.setState(fresh())); // another program: nothing to undo
  area.addEventListener("change", () => {
    const { doc } = view.state;
    if (doc.toString() === area.value) return;
    // One step, which Undo takes back.
    view.dispatch({ changes: { from: 0, to: doc.length, insert: area.value } });
  });
  return (line) => view.dispatch({ effects: setWrong.of(line) });
}
