// The widget `SeparableConvCounter`: controls, events, and the model's traits.

import "./style.css";
import { choice, listSlider } from "../shared/controls.js";
import { h, setText } from "../shared/dom.js";
import { formatNumber } from "../shared/format.js";
import { LiveRegion } from "../shared/live_region.js";
import { mount } from "../shared/mount.js";
import { CountBars } from "./draw.js";
import { count, formulas, PRESETS, presetIndex } from "./state.js";
import { TEXTS } from "./texts.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./texts.js").Texts} Texts
 */

// Values of the sliders: small counts one by one, larger ones in growing steps.
const SCALE = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];
const OFFERED = {
  kernel_size: [1, 2, 3, 4, 5, 6, 7],
  channels: SCALE,
  filters: SCALE,
  size: SCALE.filter((size) => size <= 256),
};

/** @typedef {keyof typeof OFFERED} SliderName */
const SLIDERS = /** @type {SliderName[]} */ (Object.keys(OFFERED));

/** @param {Texts} t */
function makeLegend(t) {
  const names = { depthwise: t.depthwise, pointwise: t.pointwise, bias: t.biased };
  const entries = Object.entries(names).flatMap(([name, text]) => [
    h("span", { class: `cvbook-key ${name}`, "aria-hidden": "true" }),
    `${text}  `,
  ]);
  return h("p", { class: "cvbook-note cvbook-legend" }, ...entries);
}

class SeparableConvCounterView {
  ratio = h("p", { class: "cvbook-explain" });
  live = new LiveRegion();

  /** @param {import("../shared/mount.js").Host<State>} host */
  constructor({ root, lang, update }) {
    const t = TEXTS[lang];
    this.t = t;
    this.bias = choice(
      t.bias,
      [
        [false, t.off],
        [true, t.on],
      ],
      (use_bias) => update({ use_bias }),
    );
    this.presets = choice(
      t.presets,
      t.cases.map((text, index) => [index, text]),
      (index) => update(PRESETS[index]),
    );
    this.sliders = SLIDERS.map((name) =>
      listSlider(t[name], OFFERED[name], (value) => update({ [name]: value })),
    );
    this.bars = { params: new CountBars(t.params), macs: new CountBars(t.macs) };
    root.append(...this.#layout());
  }

  #layout() {
    const { bars, t } = this;
    const sliders = this.sliders.map(({ element }) => element);
    return [
      h("p", { class: "cvbook-note" }, t.guide),
      h("div", { class: "cvbook-bar" }, this.presets.element, this.bias.element),
      h("div", { class: "cvbook-sliders" }, ...sliders),
      h("div", { class: "cvbook-counts" }, bars.params.element, bars.macs.element),
      makeLegend(t),
      this.ratio,
      this.live.element,
    ];
  }

  /** @param {State} state */
  draw(state) {
    SLIDERS.forEach((name, index) => {
      this.sliders[index].draw(state[name]);
    });
    this.bias.draw(state.use_bias);
    this.presets.draw(presetIndex(state));
    const { params, macs } = count(state);
    this.bars.params.draw(params, formulas(state, "params"));
    this.bars.macs.draw(macs, formulas(state, "macs"));
    setText(this.ratio, this.#ratioText(state));
    this.live.update(this.ratio.textContent);
  }

  /** @param {State} state */
  #ratioText(state) {
    const { t } = this;
    const { params, macs } = count(state);
    const { filters, kernel_size: k, use_bias } = state;
    const theory = use_bias ? "" : t.theory(formatNumber(1 / filters + 1 / (k * k)));
    const ratio = t.ratio(formatNumber(params.separable / params.conv), theory);
    return `${ratio} ${t.macsRatio(formatNumber(macs.separable / macs.conv))}`;
  }
}

/** @type {(keyof State)[]} */
const TRAITS = [...SLIDERS, "use_bias"];

/** @type {import("@anywidget/types").Render<State>} */
const render = (props) => mount(props, TRAITS, (host) => new SeparableConvCounterView(host));

export default { render };
