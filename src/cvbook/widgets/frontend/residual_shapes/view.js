// The widget `ResidualShapes`: controls, events, and the model's traits.

import "./style.css";
import { button, choice, stepper } from "../shared/controls.js";
import { h, setText } from "../shared/dom.js";
import { LiveRegion } from "../shared/live_region.js";
import { mount } from "../shared/mount.js";
import { drawSteps } from "./draw.js";
import { blockSteps, code, compareShapes, shortcutSteps } from "./state.js";
import { TEXTS } from "./texts.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./texts.js").Texts} Texts
 */

const POWERS = [1, 2, 3, 4, 8, 16, 32, 64, 128];

/**
 * @param {Texts} t
 * @param {(changes: Partial<State>) => void} update
 */
function makeControls(t, update) {
  return {
    size: stepper(t.size, 16, 64, (size) => update({ size })),
    channels: stepper(t.channels, 1, 128, (channels) => update({ channels }), POWERS),
    filters: stepper(t.filters, 1, 128, (filters) => update({ filters }), POWERS),
    strides: choice(
      t.strides,
      [1, 2, 3].map((s) => [s, String(s)]),
      (strides) => update({ strides }),
    ),
    padding: choice(
      t.padding,
      [
        ["same", "same"],
        ["valid", "valid"],
      ],
      (padding) => update({ padding }),
    ),
    pooling: choice(
      t.pooling,
      [
        [false, t.off],
        [true, t.on],
      ],
      (pooling) => update({ pooling }),
    ),
    shortcut: choice(
      t.branch,
      [
        ["identity", t.identity],
        ["conv", t.conv],
      ],
      (shortcut) => update({ shortcut }),
    ),
    shortcut_filters: stepper(
      t.shortcut_filters,
      1,
      128,
      (shortcut_filters) => update({ shortcut_filters }),
      POWERS,
    ),
    shortcut_strides: stepper(t.shortcut_strides, 1, 16, (shortcut_strides) =>
      update({ shortcut_strides }),
    ),
  };
}

/** @type {(keyof State)[]} */
const TRAITS = [
  "size",
  "channels",
  "filters",
  "strides",
  "padding",
  "pooling",
  "shortcut",
  "shortcut_filters",
  "shortcut_strides",
];

class ResidualShapesView {
  start = h("div", { class: "cvbook-box" });
  blockFlow = h("div", { class: "cvbook-flow" });
  shortcutFlow = h("div", { class: "cvbook-flow" });
  result = h("p", { class: "cvbook-result", tabindex: -1 });
  remedy = h("span");
  code = h("code");
  live = new LiveRegion();

  /** @param {import("../shared/mount.js").Host<State>} host */
  constructor({ root, lang, read, update }) {
    this.t = TEXTS[lang];
    this.controls = makeControls(this.t, update);
    this.copyButton = button(this.t.copy, () => this.#copy());
    this.fixButton = button(this.t.fix, () => {
      update(compareShapes(read()).remedy);
      this.result.focus();
    });
    // Who wants to find the remedy does not read it by chance.
    this.askButton = button(this.t.ask, () => {
      this.#showRemedy(true);
      this.live.announce(this.remedy.textContent);
      this.fixButton.focus();
    });
    this.cure = h("p", { class: "cvbook-cure" }, this.askButton, this.remedy, " ", this.fixButton);
    root.append(...this.#layout());
  }

  #layout() {
    const { t } = this;
    const hidden = { "aria-hidden": "true" };
    return [
      h("p", { class: "cvbook-note" }, t.guide),
      this.#bar("size", "channels"),
      this.start,
      h(
        "div",
        { class: "cvbook-sides" },
        this.#side("block", this.blockFlow, ["filters", "strides", "padding", "pooling"]),
        this.#side("shortcut", this.shortcutFlow, [
          "shortcut",
          "shortcut_filters",
          "shortcut_strides",
        ]),
      ),
      h(
        "div",
        { class: "cvbook-join", ...hidden },
        h("span", {}, "↘"),
        h("span", {}, "⊕"),
        h("span", {}, "↙"),
      ),
      this.result,
      this.cure,
      h("pre", { tabindex: 0, "aria-label": "Keras" }, this.code),
      this.copyButton,
      this.live.element,
    ];
  }

  /** @param {...keyof State} names */
  #bar(...names) {
    const elements = names.map((name) => this.controls[name].element);
    return h("div", { class: "cvbook-bar" }, ...elements);
  }

  /**
   * @param {"block" | "shortcut"} name
   * @param {HTMLElement} flow
   * @param {(keyof State)[]} controls
   */
  #side(name, flow, controls) {
    const caption = h("div", { class: "cvbook-caption" }, this.t[name]);
    const bar = this.#bar(...controls);
    return h("section", { class: `cvbook-side ${name}` }, caption, bar, flow);
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.code.textContent);
    } catch {
      // No permission for the Clipboard API: copy a selection instead.
      getSelection()?.selectAllChildren(this.code);
      document.execCommand("copy");
    }
    this.live.announce(this.t.copied);
    setText(this.copyButton, `✓ ${this.t.copied}`);
  }

  /** @param {State} state */
  draw(state) {
    const { t } = this;
    const comparison = compareShapes(state);
    this.#drawControls(state);
    setText(this.start, `${t.input} (${state.size}, ${state.size}, ${state.channels})`);
    drawSteps(this.blockFlow, blockSteps(state), comparison, t.identity);
    drawSteps(this.shortcutFlow, shortcutSteps(state), comparison, t.identity);
    this.#drawResult(comparison);
    setText(this.code, code(state));
    setText(this.copyButton, t.copy);
    this.live.update(this.result.textContent);
  }

  /** @param {State} state */
  #drawControls(state) {
    for (const name of TRAITS) {
      /** @type {import("../shared/controls.js").Control<any>} */
      const control = this.controls[name];
      control.draw(state[name]);
    }
    const hidden = state.shortcut !== "conv";
    this.controls.shortcut_filters.element.hidden = hidden;
    this.controls.shortcut_strides.element.hidden = hidden;
  }

  /** @param {ReturnType<typeof compareShapes>} comparison */
  #drawResult({ block, shortcut, sizeFits, channelsFit, verdict, remedy }) {
    const { t } = this;
    const sizes = sizeFits ? "" : t.sizes(block[0], shortcut[0]);
    const depths = channelsFit ? "" : t.depths(block[2], shortcut[2]);
    setText(this.result, `add: ${t[verdict]}${sizes}${depths}`);
    this.result.className = `cvbook-result ${verdict}`;
    this.cure.hidden = verdict === "right";
    setText(this.remedy, this.#remedyText(remedy));
    this.#showRemedy(false);
  }

  /** @param {boolean} shown */
  #showRemedy(shown) {
    this.askButton.hidden = shown;
    this.remedy.hidden = !shown;
    this.fixButton.hidden = !shown;
  }

  /** @param {Partial<State>} remedy */
  #remedyText({ padding, shortcut, shortcut_filters = 0, shortcut_strides = 0 }) {
    if (padding) return this.t.usePadding;
    if (shortcut === "identity") return this.t.useIdentity;
    return shortcut ? this.t.useConv(shortcut_filters, shortcut_strides) : "";
  }
}

/** @type {import("@anywidget/types").Render<State>} */
const render = (props) => mount(props, TRAITS, (host) => new ResidualShapesView(host));

export default { render };
