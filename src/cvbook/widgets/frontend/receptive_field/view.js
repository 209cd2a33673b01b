// The widget `ReceptiveField`: controls, events, and the model's traits.

import "./style.css";
import { button, choice, slider, stepper } from "../shared/controls.js";
import { h, setAttribute, setText, svg } from "../shared/dom.js";
import { LiveRegion } from "../shared/live_region.js";
import { mount } from "../shared/mount.js";
import { drawFields, drawTable } from "./draw.js";
import { changeLayer, fields, MOST, PRESETS, presetIndex } from "./state.js";
import { TEXTS } from "./texts.js";

/**
 * @import { State } from "./state.js"
 * @import { Host } from "../shared/mount.js"
 */

/** @type {(keyof State)[]} */
const TRAITS = ["layers", "picture", "side", "step"];

class ReceptiveFieldView {
  plot = svg("svg", { class: "cvbook-fields", role: "img" });
  body = h("tbody");
  result = h("p", { class: "cvbook-result" });
  live = new LiveRegion();

  /** @param {Host<State>} host */
  constructor(host) {
    const { root, lang, update } = host;
    this.t = TEXTS[lang];
    const cases = this.t.cases.map((text, n) => /** @type {[number, string]} */ ([n, text]));
    this.presets = choice(this.t.presets, cases, (n) => update({ layers: PRESETS[n], step: 1 }));
    this.#makeControls(host);
    root.append(...this.#layout());
  }

  /** @param {Host<State>} host */
  #makeControls({ read, update }) {
    const { t } = this;
    this.step = slider(t.step, { min: 0, max: MOST, step: 1 }, (step) =>
      update({ step: Math.min(step, read().layers.length) }),
    );
    this.kernelSize = stepper(`${t.change} ${t.kernelSize}`, 1, 7, (kernelSize) =>
      update({ layers: changeLayer(read(), { kernelSize }) }),
    );
    this.strides = stepper(`${t.change} ${t.strides}`, 1, 4, (strides) =>
      update({ layers: changeLayer(read(), { strides }) }),
    );
    this.add = button(t.add, () => {
      const { layers } = read();
      if (layers.length < MOST) update({ layers: [...layers, [3, 1]], step: layers.length + 1 });
    });
    this.remove = button(t.remove, () => {
      const { layers, step } = read();
      const left = layers.slice(0, -1);
      if (left.length) update({ layers: left, step: Math.min(step, left.length) });
    });
    this.range = this.step.element.querySelector("input");
  }

  #layout() {
    const { t } = this;
    const heads = [t.name, t.kernelSize, t.strides, t.field, t.jump];
    const table = h(
      "table",
      { class: "cvbook-layers" },
      h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col" }, text)))),
      this.body,
    );
    const controls = [this.kernelSize, this.strides].map((one) => one?.element ?? "");
    return [
      h("p", { class: "cvbook-note" }, t.guide),
      h("div", { class: "cvbook-bar" }, this.presets.element),
      this.step?.element ?? "",
      h("div", { class: "cvbook-bar" }, ...controls, this.add ?? "", this.remove ?? ""),
      h(
        "div",
        { class: "cvbook-halves" },
        this.plot,
        h(
          "div",
          { class: "cvbook-scroll", tabindex: 0, role: "group", "aria-label": t.field },
          this.result,
          table,
        ),
      ),
      this.live.element,
    ];
  }

  /** @param {State} state */
  draw(state) {
    const { layers, side } = state;
    const step = Math.min(state.step, layers.length);
    const shown = { ...state, step };
    if (this.range) setAttribute(this.range, "max", layers.length);
    this.step?.draw(step);
    this.presets.draw(presetIndex(state));
    const [kernelSize, strides] = layers[step - 1] ?? layers[0];
    this.kernelSize?.draw(kernelSize);
    this.strides?.draw(strides);
    for (const control of [this.kernelSize, this.strides]) {
      if (control) control.element.hidden = step === 0;
    }
    if (this.add) setAttribute(this.add, "aria-disabled", layers.length >= MOST);
    if (this.remove) setAttribute(this.remove, "aria-disabled", layers.length <= 1);
    const { field, jump } = fields(layers)[step];
    const result = this.t.result(step, field, jump, side);
    setText(this.result, result);
    drawFields(this.plot, shown, result);
    drawTable(this.body, shown, this.t);
    this.live.update(result);
  }
}

/** @type {import("@anywidget/types").Render<State>} */
const render = (props) => mount(props, TRAITS, (host) => new ReceptiveFieldView(host));

export default { render };
