// The widget `MaskResizing`: controls, events, and the model's traits.

import "./style.css";
import { choice, slider } from "../shared/controls.js";
import { h, setAttribute, setText, svg } from "../shared/dom.js";
import { clamp } from "../shared/format.js";
import { LiveRegion } from "../shared/live_region.js";
import { mount } from "../shared/mount.js";
import { drawDigits, drawMask } from "./draw.js";
import { average, compare, nearestPlaces, parse } from "./state.js";
import { TEXTS } from "./texts.js";

/**
 * @import { Host } from "../shared/mount.js"
 * @import { State, Values } from "./state.js"
 */

/** @type {(keyof State)[]} */
const TRAITS = ["trimap", "picture", "size", "row", "column", "values"];
const METHODS = /** @type {const} */ (["nearest", "bilinear"]);
const KINDS = ["body", "background", "border"];
const SIZES = { min: 4, max: 64, step: 1 };

/** A caption, a picture, and a line of digits below the pictures. */
class Panel {
  caption = h("div", { class: "cvbook-caption" });
  plot = svg("svg", { class: "cvbook-mask", role: "img" });
  element = h("div", {}, this.caption, this.plot);
  digits = h("code", { class: "cvbook-digits" });
}

class MaskResizingView {
  before = new Panel();
  panels = { nearest: new Panel(), bilinear: new Panel() };
  keys = KINDS.map(() => h("span"));
  digitsName = h("p", { class: "cvbook-caption" });
  taken = h("p");
  averaged = h("p");
  result = h("p", { class: "cvbook-result" });
  live = new LiveRegion();

  /** @param {Host<State>} host */
  constructor({ root, lang, read, update }) {
    const t = TEXTS[lang];
    this.t = t;
    /** @type {[Values, string][]} */
    const values = [
      ["trimap", t.asTrimap],
      ["target", t.asTarget],
    ];
    this.values = choice(t.values, values, (values) => update({ values }));
    this.sliders = {
      size: slider(t.size, SIZES, (size) => update({ size })),
      row: slider(t.row, { min: 0, max: 63, step: 1 }, (row) => update({ row })),
      column: slider(t.column, { min: 0, max: 63, step: 1 }, (column) => update({ column })),
    };
    for (const { plot } of Object.values(this.panels)) {
      plot.addEventListener("click", ({ clientX, clientY }) => {
        const { left, top, width, height } = plot.getBoundingClientRect();
        const { size } = read();
        const pixel = (/** @type {number} */ share) => clamp(Math.floor(share * size), 0, size - 1);
        update({ row: pixel((clientY - top) / height), column: pixel((clientX - left) / width) });
      });
    }
    root.append(...this.#layout());
  }

  #layout() {
    const { t, panels, sliders } = this;
    const key = (/** @type {string} */ kind, /** @type {Node | string} */ text) => {
      const patch = h("span", { class: `cvbook-key ${kind}`, "aria-hidden": "true" });
      return h("span", {}, patch, text);
    };
    const lines = METHODS.map((name) =>
      h(
        "div",
        { class: "cvbook-line" },
        h("span", { class: "cvbook-label" }, t[name]),
        panels[name].digits,
      ),
    );
    return [
      h("p", { class: "cvbook-note" }, t.guide),
      h("div", { class: "cvbook-bar" }, this.values.element),
      sliders.size.element,
      h(
        "div",
        { class: "cvbook-panels" },
        ...[this.before, panels.nearest, panels.bilinear].map(({ element }) => element),
      ),
      h(
        "p",
        { class: "cvbook-bar cvbook-note" },
        ...KINDS.map((kind, n) => key(kind, this.keys[n])),
        key("invented", t.invented),
      ),
      this.result,
      h(
        "div",
        { class: "cvbook-sliders", role: "group", "aria-label": t.pixel },
        sliders.row.element,
        sliders.column.element,
      ),
      this.digitsName,
      ...lines,
      this.taken,
      this.averaged,
      this.live.element,
    ];
  }

  /** @param {State} state */
  draw(state) {
    const { t } = this;
    const { size } = state;
    const mask = parse(state.trimap);
    const [row, column] = [Math.min(state.row, size - 1), Math.min(state.column, size - 1)];
    const results = compare(mask, size);
    const less = state.values === "target" ? 1 : 0;
    this.values.draw(state.values);
    this.#drawSliders({ size, row, column });
    const result = t.result(results.count, results.animal);
    setText(this.result, result);
    this.#drawPlots(state, { mask, results, row, column });
    setText(this.digitsName, t.digits(row));
    for (const name of METHODS) {
      const marked = name === "bilinear" ? results.invented[row] : null;
      const digits = results[name][row].map((value) => value - less);
      drawDigits(this.panels[name].digits, digits, marked, column);
    }
    this.keys.forEach((key, n) => {
      setText(key, this.#name(n + 1, less));
    });
    const [taken, averaged] = this.#explain(mask, results, { size, row, column, less });
    setText(this.taken, `${t.place(row, column)}. ${taken}`);
    setText(this.averaged, averaged);
    this.live.update(`${result} ${t.place(row, column)}. ${taken} ${averaged}`);
  }

  /** @param {{ size: number, row: number, column: number }} positions */
  #drawSliders({ size, row, column }) {
    this.sliders.size.draw(size);
    for (const [name, position] of /** @type {const} */ ([
      ["row", row],
      ["column", column],
    ])) {
      const { element, draw } = this.sliders[name];
      const range = element.querySelector("input");
      if (range) setAttribute(range, "max", size - 1);
      draw(position);
    }
  }

  /**
   * @param {State} state
   * @param {{ mask: number[][], results: ReturnType<typeof compare>, row: number,
   *   column: number }} shown
   */
  #drawPlots({ picture, size }, { mask, results, row, column }) {
    const { t } = this;
    const [height, width] = [mask.length, mask[0].length];
    const place = { y: nearestPlaces(height, size)[row], x: nearestPlaces(width, size)[column] };
    const { shares: _, mean: __, ...around } = average(mask, size, row, column);
    const boxes = [around, { ...place, width: 1, height: 1 }];
    const description = `${t.before}, ${height}×${width}`;
    setText(this.before.caption, `${t.before} ${height}×${width}`);
    drawMask(this.before.plot, { mask, picture, boxes, description });
    for (const name of METHODS) {
      const { caption, plot } = this.panels[name];
      const title = `${t[name]} ${size}×${size}`;
      setText(caption, title);
      drawMask(plot, {
        mask: results[name],
        invented: name === "bilinear" ? results.invented : undefined,
        picture,
        boxes: [{ x: column, y: row, width: 1, height: 1 }],
        description: name === "bilinear" ? `${title}. ${this.result.textContent}` : title,
      });
    }
  }

  /**
   * @param {number} value 1 to 3
   * @param {number} less what is taken off
   */
  #name(value, less) {
    return `${value - less}(${this.t.names[value - 1]})`;
  }

  /**
   * Where both values of the chosen pixel come from.
   *
   * @param {number[][]} mask
   * @param {ReturnType<typeof compare>} results
   * @param {{ size: number, row: number, column: number, less: number }} at
   */
  #explain(mask, { nearest, bilinear }, { size, row, column, less }) {
    const { t } = this;
    const { shares, mean } = average(mask, size, row, column);
    const parts = shares.flatMap((share, n) =>
      share > 0 ? [`${this.#name(n + 1, less)} ${Math.round(100 * share)}%`] : [],
    );
    const value = bilinear[row][column];
    const text = t.averaged(parts.join(", "), (mean - less).toFixed(2), this.#name(value, less));
    return [t.taken(this.#name(nearest[row][column], less)), text];
  }
}

/** @type {import("@anywidget/types").Render<State>} */
const render = (props) => mount(props, TRAITS, (host) => new MaskResizingView(host));

export default { render };
