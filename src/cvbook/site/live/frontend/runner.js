// One place of a page where code runs: its buttons' state, its words, its outputs.

/**
 * @import { Engine, End } from "./engine.js"
 * @import { Cell } from "./protocol.d.ts"
 */

import { appendOutputs } from "./dom.js";
import { describeEnd, LONG, LONG_MILLISECONDS, rememberLoaded, STATES } from "./words.js";

/**
 * @typedef {{ status: HTMLElement, output: HTMLElement, stop: HTMLButtonElement,
 *   start: HTMLButtonElement[] }} Place
 */

/**
 * Run cells and show in their place what they give.
 *
 * @param {Engine} engine
 * @param {Place} place
 * @param {Cell[]} cells
 * @param {boolean} drawing
 * @returns {Promise<End>}
 */
export async function runIn(engine, place, cells, drawing) {
  const { status, output, stop, start } = place;
  output.replaceChildren();
  output.hidden = false;
  for (const button of start) button.setAttribute("aria-disabled", "true");
  stop.hidden = false;
  let since = performance.now();
  let long = 0;
  const end = await engine.run(cells, drawing, {
    onOutput: (outputs) => appendOutputs(output, outputs),
    onState: (state) => {
      status.textContent = STATES[state];
      clearTimeout(long);
      if (state !== "running") return;
      since = performance.now();
      long = window.setTimeout(() => {
        status.textContent = LONG;
      }, LONG_MILLISECONDS);
    },
  });
  clearTimeout(long);
  status.textContent = describeEnd(end, performance.now() - since);
  if (stop.contains(document.activeElement)) start[0].focus();
  stop.hidden = true;
  for (const button of start) button.removeAttribute("aria-disabled");
  if (end === "ok" || end === "error") rememberLoaded(engine.manifest, drawing);
  return end;
}
