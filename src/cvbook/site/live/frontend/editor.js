// An editor of Python, loaded when a reader edits for the first time: CodeMirror 6.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** @typedef {{ element: HTMLElement, readonly text: string, focus: () => void,
 *   replace: (text: string) => void }} Editor */

// Colours from the page's own style, so that both themes have them.
const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--live-keyword)" },
  { tag: tags.string, color: "var(--live-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--live-number)" },
  { tag: tags.comment, color: "var(--live-comment)" },
  { tag: tags.function(tags.variableName), color: "var(--live-function)" },
]);

/**
 * @param {string} text
 * @param {string} label for screen readers
 * @param {{ onRun: () => void, onChange: (text: string) => void }} listeners
 * @returns {Editor}
 */
export function createEditor(text, label, { onRun, onChange }) {
  const run = () => {
    onRun();
    return true;
  };
  // Tab indents; Escape and then Tab leaves the editor, as CodeMirror has it.
  const view = new EditorView({
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([{ key: "Mod-Enter", run }, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        history(),
        drawSelection(),
        highlightActiveLine(),
        bracketMatching(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        python(),
        syntaxHighlighting(HIGHLIGHT),
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-description": "Ctrl+Enter로 실행하고, Esc를 누른 뒤 Tab으로 나갑니다.",
          tabindex: "0",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  // Sphinx, which knows of no editors, would take a typed "/" for its shortcut to the search.
  view.dom.addEventListener("keydown", (event) => {
    if (event.key === "/") event.stopPropagation();
  });
  return {
    element: view.dom,
    get text() {
      return view.state.doc.toString();
    },
    focus: () => view.focus(),
    replace: (insert) => {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } });
    },
  };
}
