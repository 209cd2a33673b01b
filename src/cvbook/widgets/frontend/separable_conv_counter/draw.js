// Bars whose lengths are the counts of the two layers.

import { h, setText } from "../shared/dom.js";

const PARTS = /** @type {const} */ (["conv", "depthwise", "pointwise", "bias"]);

/** Counts of one kind: a bar for Conv2D and one in parts for SeparableConv2D. */
export class CountBars {
  #convText = h("p", { class: "cvbook-sum" });
  #separableText = h("p", { class: "cvbook-sum" });
  #fills = {
    conv: h("span", { class: "cvbook-fill conv" }),
    depthwise: h("span", { class: "cvbook-fill depthwise" }),
    pointwise: h("span", { class: "cvbook-fill pointwise" }),
    bias: h("span", { class: "cvbook-fill bias" }),
  };

  /** @param {string} title */
  constructor(title) {
    const { conv, depthwise, pointwise, bias } = this.#fills;
    const track = (/** @type {HTMLElement[]} */ ...fills) =>
      h("div", { class: "cvbook-track", "aria-hidden": "true" }, ...fills);
    this.element = h(
      "section",
      { class: "cvbook-count" },
      h("div", { class: "cvbook-caption" }, title),
      this.#convText,
      track(conv),
      this.#separableText,
      track(depthwise, pointwise, bias),
    );
  }

  /**
   * @param {import("./state.js").Counts} counts
   * @param {{ conv: string, separable: string }} formulas
   */
  draw(counts, formulas) {
    setText(this.#convText, `Conv2D: ${formulas.conv}`);
    setText(this.#separableText, `SeparableConv2D: ${formulas.separable}`);
    const largest = Math.max(counts.conv, counts.separable);
    for (const part of PARTS) {
      this.#fills[part].style.width = `${(100 * counts[part]) / largest}%`;
    }
  }
}
