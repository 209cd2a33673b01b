// Histograms and charts of the moving statistics, as SVG.

import { setAttribute, svg } from "../shared/dom.js";
import { clamp, formatNumber } from "../shared/format.js";
import { BINS, HIGH, histogram, LOW, movingStatistics, TRUE_MOMENTS } from "./state.js";

/**
 * @typedef {import("./state.js").Moments} Moments
 * @typedef {import("./state.js").State} State
 */

const [WIDTH, HEIGHT] = [240, 70];

/** A histogram that is drawn again by changing its bars. */
export class Histogram {
  #bars;
  #mean = svg("line", { y1: 0, y2: HEIGHT, class: "cvbook-mean" });

  /** @param {number} channel */
  constructor(channel) {
    const step = WIDTH / BINS;
    this.#bars = Array.from({ length: BINS }, (_, index) =>
      svg("rect", { x: index * step + 0.25, width: step - 0.5, class: `channel${channel}` }),
    );
    const middle = { x1: WIDTH / 2, x2: WIDTH / 2, y1: 0, y2: HEIGHT };
    const base = { x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT };
    this.element = svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT + 18}`, "aria-hidden": "true" },
      svg("line", { ...middle, class: "cvbook-axis" }),
      ...this.#bars,
      this.#mean,
      svg("line", { ...base, class: "cvbook-axis" }),
      ...[-6, -3, 0, 3, 6].map((value) => this.#tick(value)),
    );
  }

  /** @param {number} value */
  #x(value) {
    return ((value - LOW) / (HIGH - LOW)) * WIDTH;
  }

  /** @param {number} value */
  #tick(value) {
    const attributes = { x: this.#x(value), y: HEIGHT + 13, "text-anchor": "middle" };
    return svg("text", attributes, formatNumber(value));
  }

  /**
   * @param {number[]} values
   * @param {number} mean
   */
  draw(values, mean) {
    const counts = histogram(values);
    const most = Math.max(...counts, 1);
    counts.forEach((count, index) => {
      const height = (HEIGHT * count) / most;
      this.#bars[index].setAttribute("height", String(height));
      this.#bars[index].setAttribute("y", String(HEIGHT - height));
    });
    const x = String(this.#x(clamp(mean, LOW, HIGH)));
    this.#mean.setAttribute("x1", x);
    this.#mean.setAttribute("x2", x);
  }
}

/** What a chart of the moving statistics shows: its range and the value of a channel's moments. */
export const CHARTS = {
  mean: {
    low: -2,
    high: 3,
    ticks: [-2, 0, 2],
    statistic: (/** @type {Moments} */ { mean }) => mean,
  },
  std: {
    low: 0,
    high: 4,
    ticks: [0, 2, 4],
    statistic: (/** @type {Moments} */ { variance }) => Math.sqrt(variance),
  },
};

const [LEFT, RIGHT, TOP, BOTTOM] = [26, 306, 10, 140]; // of the area of the curves
const LABEL_GAP = 15; // between the names of two channels

/**
 * @param {number} left
 * @param {number} top
 * @param {"start" | "middle" | "end"} anchor
 * @param {string} text
 */
const label = (left, top, anchor, text, className = "") =>
  svg("text", { x: left, y: top, "text-anchor": anchor, class: className }, text);

/** One moving statistic over the batches, a curve per channel. */
export class MovingChart {
  element = svg("svg", { viewBox: "0 0 360 170", role: "img" });
  #lastStep = 0; // at the right end of the axis

  /**
   * @param {keyof typeof CHARTS} kind
   * @param {{ title: string, batches: string, channel: string }} names
   */
  constructor(kind, names) {
    this.chart = CHARTS[kind];
    this.names = names;
  }

  /** @param {number} step */
  #x(step) {
    return LEFT + ((RIGHT - LEFT) * step) / this.#lastStep;
  }

  /** @param {number} value */
  #y(value) {
    const { low, high } = this.chart;
    return BOTTOM - ((BOTTOM - TOP) * (clamp(value, low, high) - low)) / (high - low);
  }

  /** @param {State} state */
  draw(state) {
    const { moving, batches, latest } = movingStatistics(state);
    const { statistic } = this.chart;
    // A ReLU in front changes what the statistics converge to.
    const limits = state.activation === "after" ? null : TRUE_MOMENTS;
    this.#lastStep = Math.max(10, state.steps);
    this.element.replaceChildren(
      ...this.#axes(),
      ...latest.flatMap((_, channel) => [
        ...(limits ? [this.#level(statistic(limits[channel]), `dashed channel${channel}`)] : []),
        ...this.#dots(batches, channel),
        this.#curve(moving, channel),
      ]),
      ...this.#channelNames(limits ?? latest),
    );
    const values = latest.map(
      (one, channel) => `${this.names.channel} ${channel}: ${formatNumber(statistic(one))}`,
    );
    setAttribute(this.element, "aria-label", `${this.names.title} ${values.join(", ")}`);
  }

  /**
   * @param {number} value
   * @param {string} className
   */
  #level(value, className) {
    const y = this.#y(value);
    return svg("line", { x1: LEFT, x2: RIGHT, y1: y, y2: y, class: className });
  }

  #axes() {
    const ticks = this.chart.ticks.flatMap((value) => [
      this.#level(value, "cvbook-axis"),
      label(LEFT - 6, this.#y(value) + 4, "end", formatNumber(value)),
    ]);
    const top = BOTTOM + 20;
    return [
      ...ticks,
      label(LEFT, top, "middle", "0"),
      label((LEFT + RIGHT) / 2, top, "middle", this.names.batches),
      label(RIGHT, top, "middle", String(this.#lastStep)),
    ];
  }

  /**
   * The moments of the batches themselves.
   *
   * @param {Moments[][]} batches
   * @param {number} channel
   */
  #dots(batches, channel) {
    return batches.map((seen, step) => {
      const [cx, cy] = [this.#x(step + 1), this.#y(this.chart.statistic(seen[channel]))];
      return svg("circle", { cx, cy, r: 2, class: `channel${channel}` });
    });
  }

  /**
   * @param {Moments[][]} moving
   * @param {number} channel
   */
  #curve(moving, channel) {
    const points = moving.map((one, step) => {
      const y = this.#y(this.chart.statistic(one[channel]));
      return `${this.#x(step).toFixed(1)},${y.toFixed(1)}`;
    });
    return svg("path", { d: `M${points.join("L")}`, class: `curve channel${channel}` });
  }

  /**
   * The channels' names at the values that the curves approach or have reached, without overlap.
   *
   * @param {Moments[]} levels
   */
  #channelNames(levels) {
    const ends = levels.map((one, channel) => ({
      channel,
      top: 4 + this.#y(this.chart.statistic(one)),
    }));
    ends.sort((a, b) => a.top - b.top);
    ends.forEach((end, index) => {
      if (index) end.top = Math.max(end.top, ends[index - 1].top + LABEL_GAP);
    });
    return ends.map(({ channel, top }) =>
      label(RIGHT + 5, top, "start", `${this.names.channel} ${channel}`, `name channel${channel}`),
    );
  }
}
