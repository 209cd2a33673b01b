// The curves of one learning rate, and the table of all.

import { h, svg } from "../shared/dom.js";
import { curves, meanCurve, summarize } from "./state.js";

/**
 * @import { State, Summary } from "./state.js"
 * @import { Texts } from "./texts.js"
 */

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [340, 210, 30, 24];
const TOP = 1.4; // of the losses that are drawn
const TICKS = [0, 0.5, 1];

/**
 * @param {SVGElement} plot
 * @param {State} state
 * @param {Texts} t
 * @param {string} description for those who cannot see it
 */
export function drawCurves(plot, state, t, description) {
  const epochs = state.losses[0][0][0].length;
  const x = (/** @type {number} */ epoch) =>
    LEFT + ((epoch - 1) / Math.max(epochs - 1, 1)) * (WIDTH - LEFT - 8);
  const y = (/** @type {number} */ loss) => (HEIGHT - BOTTOM) * (1 - Math.min(loss, TOP) / TOP) + 2;
  const line = (/** @type {number[]} */ losses, /** @type {string} */ kind) => {
    const points = losses.map((loss, n) => `${x(n + 1).toFixed(1)},${y(loss).toFixed(1)}`);
    return svg("polyline", { class: kind, points: points.join(" ") });
  };
  const level = (/** @type {number} */ loss, /** @type {string} */ kind) =>
    svg("line", { class: kind, x1: LEFT, x2: WIDTH - 8, y1: y(loss), y2: y(loss) });
  const here = { x1: x(state.epoch), x2: x(state.epoch), y1: 2, y2: HEIGHT - BOTTOM };
  const models = state.models.flatMap((_, model) => [
    ...curves(state, model, state.rate).map((one) => line(one, `run model${model}`)),
    line(meanCurve(state, model, state.rate), `mean model${model}`),
  ]);
  plot.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  plot.setAttribute("aria-label", description);
  plot.replaceChildren(
    level(0, "axis"),
    level(state.chance, "chance"),
    svg("line", { class: "here", ...here }),
    ...TICKS.map((loss) => svg("text", { x: 0, y: y(loss) + 4 }, String(loss))),
    svg("text", { x: LEFT, y: HEIGHT - 4 }, "1"),
    svg("text", { x: WIDTH - 8, y: HEIGHT - 4, class: "end" }, `${epochs} ${t.epoch}`),
    ...models,
  );
}

/**
 * @param {Summary} summary
 * @param {Texts} t
 */
export function write({ seeds, diverged, mean, spread }, t) {
  const parts = diverged < seeds ? [`${mean.toFixed(2)} ± ${spread.toFixed(2)}`] : [];
  if (diverged) parts.push(t.diverged(diverged, seeds));
  return parts.join(", ");
}

/**
 * @param {HTMLElement} body of the table
 * @param {State} state
 * @param {Texts} t
 */
export function drawTable(body, state, t) {
  const rows = state.models.map((name, model) => {
    const key = h("span", { class: `cvbook-key model${model}`, "aria-hidden": "true" });
    const cells = state.rates.map((_, rate) =>
      h(
        "td",
        { class: rate === state.rate ? "current" : "" },
        write(summarize(state, model, rate), t),
      ),
    );
    return h("tr", {}, h("th", { scope: "row" }, key, name), ...cells);
  });
  body.replaceChildren(...rows);
}
