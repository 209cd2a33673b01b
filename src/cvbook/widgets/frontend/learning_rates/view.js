// The widget `LearningRates`: controls, events, and the model's traits.

import "./style.css";
import { choice, slider } from "../shared/controls.js";
import { h, setText, svg } from "../shared/dom.js";
import { LiveRegion } from "../shared/live_region.js";
import { mount } from "../shared/mount.js";
import { drawCurves, drawTable, write } from "./draw.js";
import { summarize } from "./state.js";
import { TEXTS } from "./texts.js";

/** @import { State } from "./state.js" */

/** @type {(keyof State)[]} */
const TRAITS = ["models", "rates", "losses", "limit", "chance", "rate", "epoch"];

class LearningRatesView {
  plot = svg("svg", { class: "cvbook-curves", role: "img" });
  body = h("tbody");
  result = h("p", { class: "cvbook-result" });
  live = new LiveRegion();

  /** @param {import("../shared/mount.js").Host<State>} host */
  constructor({ root, lang, read, update }) {
    this.t = TEXTS[lang];
    const { rates, losses } = read();
    const options = rates.map((rate, n) => /** @type {[number, string]} */ ([n, String(rate)]));
    this.rate = choice(this.t.rate, options, (rate) => update({ rate }));
    const range = { min: 1, max: losses[0][0][0].length, step: 1 };
    this.epoch = slider(this.t.until, range, (epoch) => update({ epoch }));
    root.append(...this.#layout(read()));
  }

  /** @param {State} state */
  #layout({ rates, models }) {
    const { t } = this;
    const heads = [t.model, ...rates.map(String)].map((text) => h("th", { scope: "col" }, text));
    const table = h(
      "table",
      { class: "cvbook-losses" },
      h("caption", {}, t.table),
      h("thead", {}, h("tr", {}, ...heads)),
      this.body,
    );
    const keys = models.map((name, n) => {
      const key = h("span", { class: `cvbook-key model${n}`, "aria-hidden": "true" });
      return h("span", {}, key, name);
    });
    return [
      h("p", { class: "cvbook-note" }, t.guide),
      h("div", { class: "cvbook-bar" }, this.rate.element),
      this.epoch.element,
      this.plot,
      h("p", { class: "cvbook-bar" }, ...keys),
      h("p", { class: "cvbook-note" }, t.legend),
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
    const { t } = this;
    this.rate.draw(state.rate);
    this.epoch.draw(state.epoch);
    const { models, rates, rate, epoch, losses } = state;
    const found = models.map((name, n) => `${name} ${write(summarize(state, n, rate), t)}`);
    const result = `${t.place(rates[rate], epoch, losses[0].length)}: ${found.join("; ")}`;
    setText(this.result, result);
    drawCurves(this.plot, state, t, `${t.legend} ${result}`);
    drawTable(this.body, state, t);
    this.live.update(result);
  }
}

/** @type {import("@anywidget/types").Render<State>} */
const render = (props) => mount(props, TRAITS, (host) => new LearningRatesView(host));

export default { render };
