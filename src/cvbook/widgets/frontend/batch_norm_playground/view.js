// The widget `BatchNormPlayground`: controls, events, and the model's traits.

import "./style.css";
import { button, choice, slider } from "../shared/controls.js";
import { h, setAttribute, setText } from "../shared/dom.js";
import { formatNumber } from "../shared/format.js";
import { LiveRegion } from "../shared/live_region.js";
import { mount } from "../shared/mount.js";
import { Histogram, MovingChart } from "./draw.js";
import { moments, normalize, outsideShare, TRUE_MOMENTS } from "./state.js";
import { TEXTS } from "./texts.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./texts.js").Texts} Texts
 */

const MAX_STEPS = 100;
const FLAT = 0.05; // variance below which epsilon shows in the output

/**
 * @param {Texts} t
 * @param {(changes: Partial<State>) => void} update
 */
const makeSliders = (t, update) => ({
  gamma: slider(t.gamma, { min: 0, max: 3, step: 0.1 }, (gamma) => update({ gamma })),
  beta: slider(t.beta, { min: -3, max: 3, step: 0.1 }, (beta) => update({ beta })),
  momentum: slider(t.momentum, { min: 0, max: 0.99, step: 0.01 }, (momentum) =>
    update({ momentum }),
  ),
  batch_size: slider(t.batch_size, { min: 2, max: 32, step: 1 }, (batch_size) =>
    update({ batch_size }),
  ),
});

/** Histograms of a channel before and after the normalization. */
class ChannelRow {
  #input;
  #output;
  #picture;
  caption = h("p", { class: "cvbook-note" });

  /**
   * @param {number} channel
   * @param {Texts} t
   */
  constructor(channel, t) {
    this.channel = channel;
    this.t = t;
    this.#input = new Histogram(channel);
    this.#output = new Histogram(channel);
    const attributes = { role: "img", class: "cvbook-pair" };
    this.#picture = h("div", attributes, this.#input.element, this.#output.element);
    const title = h("div", { class: "cvbook-caption" }, `${t.channel} ${channel}`);
    this.element = h("section", {}, title, this.#picture, this.caption);
  }

  /**
   * @param {number[]} input
   * @param {number[]} output
   */
  draw(input, output) {
    const { channel, t } = this;
    const [before, after] = [moments(input), moments(output)];
    this.#input.draw(input, before.mean);
    this.#output.draw(output, after.mean);
    const [from, to] = [before, after].map(({ mean, variance }) => ({
      mean: formatNumber(mean),
      std: formatNumber(Math.sqrt(variance)),
    }));
    const share = outsideShare(output);
    const outside = share ? t.outside(share) : "";
    const text = `${t.mean} ${from.mean} → ${to.mean}, ${t.std} ${from.std} → ${to.std}${outside}`;
    setText(this.caption, text);
    setAttribute(this.#picture, "aria-label", t.histogram(channel, from, to));
  }
}

class BatchNormPlaygroundView {
  seen = h("span", { class: "cvbook-note" });
  legend = h("p", { class: "cvbook-note" });
  note = h("p", { class: "cvbook-explain" });
  live = new LiveRegion();

  /** @param {import("../shared/mount.js").Host<State>} host */
  constructor({ root, lang, read, update }) {
    const t = TEXTS[lang];
    this.t = t;
    this.sliders = makeSliders(t, update);
    this.mode = choice(
      t.mode,
      [
        ["training", t.training],
        ["inference", t.inference],
      ],
      (mode) => update({ mode }),
    );
    this.activation = choice(
      t.activation,
      [
        ["none", t.none],
        ["before", t.before],
        ["after", t.after],
      ],
      (activation) => update({ activation }),
    );
    const train = (/** @type {number} */ batches) =>
      update({ steps: Math.min(read().steps + batches, MAX_STEPS) });
    this.buttons = [
      button(t.next, () => train(1)),
      button(t.ten, () => train(10)),
      button(t.again, () => update({ steps: 0 })),
    ];
    this.rows = TRUE_MOMENTS.map((_, channel) => new ChannelRow(channel, t));
    const names = { batches: t.batches, channel: t.channel };
    this.charts = [
      new MovingChart("mean", { title: t.moving.mean, ...names }),
      new MovingChart("std", { title: t.moving.std, ...names }),
    ];
    root.append(...this.#layout());
  }

  #layout() {
    const { t } = this;
    const head = { class: "cvbook-pair cvbook-head", "aria-hidden": "true" };
    const charts = this.charts.map(({ element, names }) =>
      h("section", {}, h("div", { class: "cvbook-caption" }, names.title), element),
    );
    const sliders = Object.values(this.sliders).map(({ element }) => element);
    return [
      h("p", { class: "cvbook-note" }, t.guide),
      h("div", { class: "cvbook-bar" }, this.mode.element, this.activation.element),
      h("div", { class: "cvbook-sliders" }, ...sliders),
      h("div", { class: "cvbook-bar tight" }, ...this.buttons, this.seen),
      this.note,
      h("div", head, h("span", {}, t.input), h("span", {}, t.output)),
      ...this.rows.map(({ element }) => element),
      h("div", { class: "cvbook-drift" }, ...charts),
      this.legend,
      this.live.element,
    ];
  }

  /** @param {State} state */
  draw(state) {
    const { sliders, t } = this;
    sliders.gamma.draw(state.gamma);
    sliders.beta.draw(state.beta);
    sliders.momentum.draw(state.momentum);
    sliders.batch_size.draw(state.batch_size);
    this.mode.draw(state.mode);
    this.activation.draw(state.activation);
    setText(this.seen, t.seen(state.steps));
    const { input, output } = normalize(state);
    this.rows.forEach((row, channel) => {
      row.draw(input[channel], output[channel]);
    });
    for (const chart of this.charts) chart.draw(state);
    setText(this.legend, t.legend + (state.activation === "after" ? "" : t.dashes));
    setText(this.note, this.#noteText(state, input));
    const captions = this.rows.map(({ caption }) => caption.textContent).join("; ");
    this.live.update(`${this.seen.textContent}. ${this.note.textContent} ${captions}`);
  }

  /**
   * @param {State} state
   * @param {number[][]} input
   */
  #noteText({ mode, momentum, steps, activation }, input) {
    const { t } = this;
    const rectified = activation === "before" ? t.clipped : "";
    if (mode === "training") {
      const isFlat = input.some((values) => moments(values).variance < FLAT);
      return t.trainingNote + (isFlat ? t.flat : "") + rectified;
    }
    const share = Math.round(100 * momentum ** steps);
    return t.inferenceNote(formatNumber(momentum), steps, share) + rectified;
  }
}

/** @type {(keyof State)[]} */
const TRAITS = ["gamma", "beta", "momentum", "batch_size", "steps", "mode", "activation"];

/** @type {import("@anywidget/types").Render<State>} */
const render = (props) => mount(props, TRAITS, (host) => new BatchNormPlaygroundView(host));

export default { render };
