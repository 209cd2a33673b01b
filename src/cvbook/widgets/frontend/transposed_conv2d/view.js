// The widget `TransposedConv2D`: controls, events, and the model's traits.

import "./style.css";
import { button, choice, stepper } from "../shared/controls.js";
import { h, setAttribute, setText } from "../shared/dom.js";
import { clamp } from "../shared/format.js";
import { Grid } from "../shared/grid.js";
import { LiveRegion } from "../shared/live_region.js";
import { mount } from "../shared/mount.js";
import { drawGrids, MatrixProduct, outputEntry, visibleParts } from "./draw.js";
import { explain, explainMatrix, explainRule, explainSize } from "./explain.js";
import { inputCount, outputAxes, paintedCount, resized, withEntry } from "./state.js";
import { TEXTS } from "./texts.js";

/**
 * @typedef {import("./explain.js").Part} Part
 * @typedef {import("./explain.js").Point} Point
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").ViewName} ViewName
 * @typedef {import("./texts.js").Texts} Texts
 * @typedef {(changes: Partial<State>) => void} Change
 */

const STAMP_INTERVAL = 900; // milliseconds, while playing

/**
 * @param {Texts} t
 * @param {() => State} read
 * @param {Change} change
 * @param {Change} update
 */
function makeControls(t, read, change, update) {
  /** @type {(rows: number, columns: number) => void} */
  const resizeInput = (rows, columns) =>
    update({ input: resized(read().input, rows, columns), step: rows * columns });
  /** @type {(rows: number, columns: number) => void} */
  const resizeKernel = (rows, columns) => update({ kernel: resized(read().kernel, rows, columns) });
  const views = /** @type {[ViewName, string][]} */ (Object.entries(t.views));
  return {
    strides: choice(
      t.strides,
      [1, 2, 3, 4].map((s) => [s, String(s)]),
      (strides) => change({ strides }),
    ),
    padding: choice(
      t.padding,
      [
        ["valid", "valid"],
        ["same", "same"],
      ],
      (padding) => change({ padding }),
    ),
    view: choice(t.view, views, (view) => change({ view })),
    sizes: [
      stepper(t.axes[0], 1, 8, (n) => resizeInput(n, read().input[0].length)),
      stepper(t.axes[1], 1, 8, (n) => resizeInput(read().input.length, n)),
      stepper(t.axes[2], 1, 5, (n) => resizeKernel(n, read().kernel[0].length)),
      stepper(t.axes[3], 1, 5, (n) => resizeKernel(read().kernel.length, n)),
    ],
  };
}

/**
 * @param {Texts} t
 * @param {() => ViewName} view
 * @param {Change} update
 * @param {() => State} read
 * @param {(part: Part) => (cell: [number, number] | null, byFocus: boolean) => void} onPoint
 * @returns {Record<Part, Grid>}
 */
function makeGrids(t, view, update, read, onPoint) {
  /** @type {(name: "input" | "kernel") => (row: number, column: number, value: number) => void} */
  const editor = (name) => (row, column, value) =>
    update({ [name]: withEntry(read()[name], row, column, value) });
  /** @type {(part: Part, kind: string, options?: object) => Grid} */
  const grid = (part, kind, options) =>
    new Grid({ label: t[part], cellLabel: t.cellLabel, kind, onPoint: onPoint(part), ...options });
  /** @type {import("./texts.js").CellLabel} */
  const outputLabel = (row, column, value) =>
    (view() === "overlaps" ? t.countLabel : t.cellLabel)(row, column, value);
  return {
    input: grid("input", "input", { onEdit: editor("input") }),
    padded: grid("padded", "input"),
    kernel: grid("kernel", "kernel", { onEdit: editor("kernel") }),
    flipped: grid("flipped", "kernel"),
    output: grid("output", "output", { cellLabel: outputLabel }),
  };
}

/**
 * A part of the figure with its caption.
 *
 * @param {string} caption
 * @param {HTMLElement} element
 */
const figurePart = (caption, element) =>
  h(
    "div",
    { class: "cvbook-part" },
    h("div", { class: "cvbook-caption", "aria-hidden": "true" }, caption),
    element,
  );

/**
 * A sign in front of the parts that it leads to: they wrap together.
 *
 * @param {HTMLElement} sign
 * @param {...HTMLElement} parts
 */
const withSign = (sign, ...parts) => h("div", { class: "cvbook-led" }, sign, ...parts);

/** @param {string} text */
const makeSign = (text) => h("span", { class: "cvbook-sign", "aria-hidden": "true" }, text);

class TransposedConv2DView {
  /** @type {Point | null} */
  #pointed = null; // by the mouse
  /** @type {Point | null} */
  #focused = null; // by keyboard or touch
  #showsCounts = false; // whether the output grid shows counts of overlaps, not sums
  #stepped = false; // whether the reader has just seen the last stamp painted
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer = undefined;

  progress = h("span", { class: "cvbook-note" });
  explanation = h("p", { class: "cvbook-explain" });
  rule = h("p", { class: "cvbook-note" });
  size = h("p", { class: "cvbook-note" });
  live = new LiveRegion();
  product = new MatrixProduct();
  sign = makeSign("");

  /** @param {import("../shared/mount.js").Host<State>} host */
  constructor({ root, lang, read, update }) {
    const t = TEXTS[lang];
    this.t = t;
    this.read = read;
    this.update = update;
    this.state = read();
    this.initial = structuredClone(this.state);
    /** @type {Change} */
    const change = (changes) => this.#change(changes);
    this.controls = makeControls(t, read, change, update);
    const view = () => this.state.view;
    this.grids = makeGrids(t, view, update, read, (part) => (cell, byFocus) => {
      this.#onPoint(cell && { part, row: cell[0], column: cell[1] }, byFocus);
    });
    this.parts = {
      input: this.#gridPart("input"),
      padded: this.#gridPart("padded"),
      kernel: this.#gridPart("kernel"),
      flipped: this.#gridPart("flipped"),
      output: this.#gridPart("output"),
    };
    this.matrix = figurePart("y = Cᵀ x", this.product.element);
    this.playButton = button("", () => (this.#timer ? this.#pause() : this.#play()));
    this.steps = this.#makeSteps();
    this.#listenToMatrix();
    this.size.style.whiteSpace = "pre-line";
    root.append(...this.#layout());
  }

  /** @param {Part} part */
  #gridPart(part) {
    return figurePart(this.t[part], h("div", { class: "cvbook-scroll" }, this.grids[part].element));
  }

  #makeSteps() {
    const { t } = this;
    return h(
      "div",
      { class: "cvbook-bar tight" },
      button(t.first, () => this.#goTo(0)),
      button(`← ${t.back}`, () => this.#stepBy(-1)),
      this.playButton,
      button(`${t.forward} →`, () => this.#stepBy(1)),
      this.progress,
      button(t.reset, () => {
        this.#pause();
        this.update(structuredClone(this.initial));
      }),
    );
  }

  #listenToMatrix() {
    const { canvas } = this.product;
    /** @param {PointerEvent} event */
    const onPointer = ({ offsetY }) => {
      const row = this.product.rowAt(offsetY);
      if (row === null) return;
      const cell = outputEntry(this.state, row);
      this.#onPoint({ part: "output", ...cell, fromMatrix: true }, false);
    };
    canvas.addEventListener("pointermove", onPointer);
    canvas.addEventListener("pointerdown", onPointer);
    canvas.addEventListener("pointerleave", ({ pointerType }) => {
      if (pointerType === "mouse") this.#onPoint(null, false);
    });
  }

  #layout() {
    const { controls, parts, t } = this;
    const { strides, padding, view, sizes } = controls;
    return [
      h("div", { class: "cvbook-bar" }, strides.element, padding.element, view.element),
      h(
        "details",
        { class: "cvbook-sizes" },
        h("summary", {}, t.sizes),
        h("div", { class: "cvbook-bar" }, ...sizes.map(({ element }) => element)),
      ),
      h("p", { class: "cvbook-note" }, t.guide),
      h(
        "div",
        { class: "cvbook-stage" },
        parts.input,
        parts.padded,
        withSign(this.sign, parts.kernel, parts.flipped),
        withSign(makeSign("→"), parts.output),
        this.matrix,
      ),
      this.steps,
      this.explanation,
      this.rule,
      this.size,
      this.live.element,
    ];
  }

  /**
   * @param {Point | null} point
   * @param {boolean} byFocus
   */
  #onPoint(point, byFocus) {
    if (byFocus) this.#focused = point;
    else this.#pointed = point;
    this.draw(this.state);
    if (byFocus && point) this.#speak();
  }

  /** @type {Change} for what screen readers then speak */
  #change(changes) {
    this.#pointed = null;
    this.#stepped = (changes.step ?? 0) > 0;
    this.update(changes);
    queueMicrotask(() => this.#speak());
  }

  #speak() {
    const texts = [this.progress, this.explanation, this.size].map((one) => one.textContent);
    this.live.announce(texts.join(". "));
  }

  /** @param {number} step */
  #goTo(step) {
    this.#change({ step: clamp(step, 0, inputCount(this.read())) });
  }

  /** @param {number} by */
  #stepBy(by) {
    this.#pause();
    this.#goTo(this.read().step + by);
  }

  #play() {
    const { step } = this.read();
    if (step >= inputCount(this.read())) this.#goTo(0);
    this.#timer = setInterval(() => {
      const next = this.read().step + 1;
      this.#change({ step: next });
      if (next >= inputCount(this.read())) this.#pause();
    }, STAMP_INTERVAL);
    this.draw(this.read());
  }

  #pause() {
    this.stop();
    this.draw(this.read());
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** @param {State} state */
  draw(state) {
    this.state = state;
    const { view } = state;
    const visible = visibleParts(view);
    for (const part of /** @type {Part[]} */ (Object.keys(visible))) {
      this.parts[part].hidden = !visible[part];
    }
    this.matrix.hidden = view !== "matrix";
    this.steps.hidden = view !== "stamps";

    const painted = paintedCount(state);
    const wanted = this.#pointed ?? this.#focused;
    const point = wanted && visible[wanted.part] ? wanted : null;
    const { highlights, text } = explain(state, point, painted, this.#stepped, this.t);
    if (this.#showsCounts !== (view === "overlaps")) {
      this.#showsCounts = !this.#showsCounts;
      this.grids.output.invalidate();
    }
    drawGrids(this.grids, state, painted, (part, row, column) => {
      if (!highlights.has(part, row, column)) return "";
      const isPoint = point?.part === part && point.row === row && point.column === column;
      return isPoint ? "chosen" : "lit";
    });
    if (view === "matrix") this.#drawMatrix(state, point);
    this.#drawControls(state);
    setText(this.explanation, text);
    setText(this.rule, explainRule(state, this.t));
    setText(this.size, explainSize(state, this.t));
  }

  /**
   * @param {State} state
   * @param {Point | null} point
   */
  #drawMatrix(state, point) {
    const width = outputAxes(state)[1].size;
    const row = point?.part === "output" ? point.row * width + point.column : null;
    this.product.draw(state, row);
    if (row !== null && !point?.fromMatrix) this.product.reveal(row);
    setAttribute(this.product.canvas, "aria-label", explainMatrix(state, this.t));
  }

  /** @param {State} state */
  #drawControls(state) {
    const { input, kernel, strides, padding, view, step } = state;
    const { controls, t } = this;
    controls.strides.draw(strides);
    controls.padding.draw(padding);
    controls.view.draw(view);
    const sizes = [input.length, input[0].length, kernel.length, kernel[0].length];
    sizes.forEach((n, index) => {
      controls.sizes[index].draw(n);
    });
    setText(this.playButton, this.#timer ? `‖ ${t.pause}` : `▶ ${t.play}`);
    setText(this.progress, t.progress(clamp(step, 0, inputCount(state)), inputCount(state)));
    setText(this.sign, view === "zeros" ? "∗" : "✕");
  }
}

/** @type {(keyof State)[]} */
const TRAITS = ["input", "kernel", "strides", "padding", "step", "view"];

/** @type {import("@anywidget/types").Render<State>} */
const render = (props) => mount(props, TRAITS, (host) => new TransposedConv2DView(host));

export default { render };
