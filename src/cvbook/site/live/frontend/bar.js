// The bar of buttons below code, with the place for its output.

/**
 * @import { Engine } from "./engine.js"
 * @import { Place } from "./runner.js"
 */

import { h } from "./dom.js";
import { loadingNote } from "./words.js";

/**
 * @param {HTMLElement} after the bar comes last in it
 * @param {string} label
 * @param {Engine} engine
 * @param {Record<string, () => void>} actions what each button does that starts a run
 * @param {() => void} restore brings back the text as released
 * @returns {Place & { showLoading: () => void }}
 */
export function addBar(after, label, engine, actions, restore) {
  const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) =>
    h("button", { type: "button", onclick }, text);
  const start = Object.entries(actions).map(([text, act]) => button(text, act));
  const stop = button("■ 멈춤", () => engine.stop());
  stop.hidden = true;
  const status = h("span", { role: "status" });
  const output = h("div", { class: "live-output", hidden: true });
  after.append(
    h(
      "div",
      { class: "live-bar", role: "group", "aria-label": label },
      ...start,
      stop,
      button("↺ 되돌리기", restore),
      status,
    ),
    output,
  );
  const showLoading = () => {
    const note = loadingNote(engine.manifest, false);
    for (const [index, text] of Object.keys(actions).entries()) {
      start[index].textContent = note ? `${text} (${note})` : text;
    }
  };
  showLoading();
  return { status, output, stop, start, showLoading };
}
