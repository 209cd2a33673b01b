// The layers of block and shortcut as boxes with their output shapes.

import { h } from "../shared/dom.js";

/**
 * @typedef {import("./state.js").Step} Step
 * @typedef {{ sizeFits: boolean, channelsFit: boolean }} Comparison
 */

/**
 * Replace the boxes of one side; what does not fit in its last shape is marked.
 *
 * @param {HTMLElement} flow
 * @param {Step[]} steps
 * @param {Comparison} comparison
 * @param {string} identity what to call the shortcut without a layer
 */
export function drawSteps(flow, steps, comparison, identity) {
  const fits = { sizeFits: true, channelsFit: true };
  const boxes = steps.map((step, index) =>
    box(step, index === steps.length - 1 ? comparison : fits, identity),
  );
  flow.replaceChildren(...boxes);
}

/**
 * @param {Step} step
 * @param {Comparison} comparison
 * @param {string} identity
 */
function box({ layer, shape }, { sizeFits, channelsFit }, identity) {
  const [height, width, channels] = shape.map((length, axis) => {
    const fits = axis < 2 ? sizeFits : channelsFit;
    return h("span", { class: fits ? "" : "differs" }, String(length));
  });
  return h(
    "div",
    { class: "cvbook-box" },
    layer ? h("code", {}, layer) : h("span", {}, identity),
    h("strong", {}, "(", height, ", ", width, ", ", channels, ")"),
  );
}
