// The widget `NonMaxSuppression`: controls, events, and the model's traits.

import "./style.css";
import { button, slider } from "../shared/controls.js";
import { h, setText, svg } from "../shared/dom.js";
import { LiveRegion } from "../shared/live_region.js";
import { mount } from "../shared/mount.js";
import { drawBoxes, drawTable } from "./draw.js";
import { detect, measure, moveTo } from "./state.js";
import { TEXTS } from "./texts.js";

/** @import { State } from "./state.js" */

const THRESHOLDS = /** @type {const} */ ({
  score_threshold: { min: 0, max: 1, step: 0.05 },
  nms_threshold: { min: 0, max: 1, step: 0.05 },
  iou_threshold: { min: 0.05, max: 0.95, step: 0.05 },
});
const NAMES = /** @type {(keyof typeof THRESHOLDS)[]} */ (Object.keys(THRESHOLDS));

/** @type {(keyof State)[]} */
const TRAITS = ["boxes", "scores", "true_boxes", "picture", "size", "selected", ...NAMES];

class NonMaxSuppressionView {
  plot = svg("svg", { class: "cvbook-boxes", role: "img" });
  body = h("tbody");
  result = h("p", { class: "cvbook-result" });
  live = new LiveRegion();

  /** @param {import("../shared/mount.js").Host<State>} host */
  constructor({ root, lang, read, update }) {
    this.t = TEXTS[lang];
    const { boxes, size } = read();
    this.thresholds = NAMES.map((name) =>
      slider(this.t[name], THRESHOLDS[name], (value) => update({ [name]: value })),
    );
    const place = (/** @type {State} */ state, /** @type {State["boxes"][number]} */ box) =>
      update({ boxes: state.boxes.map((one, n) => (n === state.selected ? box : one)) });
    this.corners = [this.t.x, this.t.y].map((label, axis) =>
      slider(label, { min: 0, max: size[axis], step: 1 }, (corner) => {
        const state = read();
        place(state, moveTo(state.boxes[state.selected], axis, corner));
      }),
    );
    this.restore = button(this.t.restore, () => {
      const state = read();
      place(state, boxes[state.selected]);
    });
    this.select = (/** @type {number} */ selected) => update({ selected });
    root.append(...this.#layout());
  }

  #layout() {
    const { t } = this;
    const heads = [t.score, t.fate, t.iou, t.verdict].map((text) =>
      h("th", { scope: "col" }, text),
    );
    const table = h(
      "table",
      { class: "cvbook-detections" },
      h("caption", {}, t.table),
      h("thead", {}, h("tr", {}, ...heads)),
      this.body,
    );
    const move = h(
      "div",
      { class: "cvbook-sliders", role: "group", "aria-label": t.move },
      ...this.corners.map(({ element }) => element),
      this.restore,
    );
    return [
      h("p", { class: "cvbook-note" }, t.guide),
      h("div", { class: "cvbook-sliders" }, ...this.thresholds.map(({ element }) => element)),
      this.plot,
      h("p", { class: "cvbook-note" }, t.legend),
      h("div", { class: "cvbook-caption", "aria-hidden": "true" }, t.move),
      move,
      this.result,
      h(
        "div",
        { class: "cvbook-scroll", tabindex: 0, role: "group", "aria-label": t.table },
        table,
      ),
      this.live.element,
    ];
  }

  /** @param {State} state */
  draw(state) {
    NAMES.forEach((name, index) => {
      this.thresholds[index].draw(state[name]);
    });
    const box = state.boxes[state.selected];
    this.corners.forEach(({ draw }, axis) => {
      if (box) draw(Math.round(box[axis]));
    });
    const detections = detect(state);
    const objects = state.true_boxes.length;
    const { count, found, averagePrecision } = measure(detections, objects);
    const result = this.t.result(count, found, objects, averagePrecision.toFixed(3));
    setText(this.result, result);
    drawBoxes(this.plot, state, detections, `${this.t.legend} ${result}`);
    drawTable(this.body, state, detections, this.t, this.select);
    this.live.update(result);
  }
}

/** @type {import("@anywidget/types").Render<State>} */
const render = (props) => mount(props, TRAITS, (host) => new NonMaxSuppressionView(host));

export default { render };
