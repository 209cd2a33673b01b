// Highlights and a sentence for the cell that a reader points at.

import { formatNumber } from "../shared/format.js";
import {
  contributions,
  eachProduct,
  inputCount,
  output,
  outputAxes,
  outputAxis,
  zeroInsertion,
} from "./state.js";

/**
 * @typedef {import("./state.js").Layer} Layer
 * @typedef {import("./state.js").State} State
 * @typedef {import("./texts.js").Texts} Texts
 * @typedef {"input" | "padded" | "kernel" | "flipped" | "output"} Part a grid of the view
 * @typedef {{ part: Part, row: number, column: number, fromMatrix?: boolean }} Point the cell
 *   pointed at; `fromMatrix` if by a row of the matrix
 */

/** The highlighted cells of each part. */
export class Highlights {
  /** @type {Record<Part, Set<number>>} */
  #cells = {
    input: new Set(),
    padded: new Set(),
    kernel: new Set(),
    flipped: new Set(),
    output: new Set(),
  };

  /** @type {(part: Part, row: number, column: number) => void} */
  add(part, row, column) {
    this.#cells[part].add(row * 64 + column); // no part has more than 64 columns
  }

  /** @type {(part: Part, row: number, column: number) => boolean} */
  has(part, row, column) {
    return this.#cells[part].has(row * 64 + column);
  }

  /** @type {(part: Part, rows: number, columns: number, top?: number, left?: number) => void} */
  addBlock(part, rows, columns, top = 0, left = 0) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) this.add(part, top + row, left + column);
    }
  }
}

/**
 * Explain the cell pointed at, else the stamp that was painted last, else the view.
 *
 * @param {State} state
 * @param {Point | null} point
 * @param {number} painted how many input entries have been painted
 * @param {boolean} stepped whether the last stamp has just been painted by the reader
 * @param {Texts} t
 * @returns {{ highlights: Highlights, text: string }}
 */
export function explain(state, point, painted, stepped, t) {
  const highlights = new Highlights();
  const explainPoint = point && isInside(state, point) ? EXPLAIN[point.part] : undefined;
  let text = t.hints[state.view];
  if (point && explainPoint) {
    text = explainPoint(state, point, painted, highlights, t);
  } else if (state.view === "stamps" && painted === 0) {
    text = t.empty;
  } else if (state.view === "stamps" && (stepped || painted < inputCount(state))) {
    const width = state.input[0].length;
    const [row, column] = [Math.floor((painted - 1) / width), (painted - 1) % width];
    text = explainInput(state, { part: "input", row, column }, painted, highlights, t);
  }
  return { highlights, text };
}

/**
 * Whether the table still has the cell: sizes may have changed since it was pointed at.
 *
 * @param {State} state
 * @param {Point} point
 */
function isInside(state, { part, row, column }) {
  const [height, width] = outputAxes(state).map(({ size }) => size);
  if (part === "output") return row < height && column < width;
  const table =
    part === "padded" ? zeroInsertion(state).padded : state[part === "input" ? part : "kernel"];
  return row < table.length && column < table[0].length;
}

/**
 * @typedef {(state: State, point: Point, painted: number, highlights: Highlights, t: Texts)
 *   => string} ExplainPoint adds the related cells to the highlights and returns the sentence
 */

/** @type {ExplainPoint} */
function explainInput(state, { row: i, column: j }, _, highlights, t) {
  const { input, kernel } = state;
  highlights.add("input", i, j);
  highlights.addBlock("kernel", kernel.length, kernel[0].length);
  /** @type {number[]} */
  const rows = [];
  /** @type {number[]} */
  const columns = [];
  eachProduct(state, (row, column, product) => {
    if (product.i !== i || product.j !== j) return;
    rows.push(row);
    columns.push(column);
    highlights.add("output", row, column);
  });
  if (!rows.length) return t.cropped;
  const slice = (/** @type {number[]} */ list) => `${Math.min(...list)}:${Math.max(...list) + 1}`;
  const whole = rows.length === kernel.length * kernel[0].length;
  return (
    t.stamp(i, j, formatNumber(input[i][j]), slice(rows), slice(columns)) + (whole ? "" : t.cropped)
  );
}

/** @type {ExplainPoint} */
function explainKernel(state, { row: a, column: b }, _, highlights, t) {
  highlights.add("kernel", a, b);
  eachProduct(state, (row, column, product) => {
    if (product.a === a && product.b === b) highlights.add("output", row, column);
  });
  return t.weight(a, b, formatNumber(state.kernel[a][b]));
}

/** @type {ExplainPoint} */
function explainOutput(state, { row, column }, painted, highlights, t) {
  const { kernel, view } = state;
  const terms = contributions(state, row, column, painted);
  for (const { i, j, a, b } of terms) {
    highlights.add("input", i, j);
    highlights.add("kernel", a, b);
  }
  highlights.add("output", row, column);
  const sum = sumFormula(state, row, column, painted, t.nothing);
  if (view === "overlaps") return `${t.overlap(row, column, terms.length)} ${sum}`;
  if (view === "matrix") {
    return t.matrixRow(row, column, row * outputAxes(state)[1].size + column) + sum;
  }
  if (view === "zeros") {
    highlights.addBlock("padded", kernel.length, kernel[0].length, row, column);
    highlights.addBlock("flipped", kernel.length, kernel[0].length);
  }
  return sum;
}

/** @type {ExplainPoint} */
function explainPadded(state, { row, column }, _, highlights, t) {
  const [height, width] = outputAxes(state).map(({ size }) => size);
  highlights.add("padded", row, column);
  state.kernel.forEach((line, a) => {
    line.forEach((_, b) => {
      const [r, c] = [row - a, column - b];
      if (r >= 0 && r < height && c >= 0 && c < width) highlights.add("output", r, c);
    });
  });
  return t.inserted(formatNumber(zeroInsertion(state).padded[row][column]));
}

/** @type {Partial<Record<Part, ExplainPoint>>} the flipped kernel has no explanation */
const EXPLAIN = {
  input: explainInput,
  kernel: explainKernel,
  output: explainOutput,
  padded: explainPadded,
};

/**
 * "y[0, 2] = x[0, 0]·k[0, 2] + … = 1·2 + … = 5"
 *
 * @param {Layer} layer
 * @param {number} row
 * @param {number} column
 * @param {number} count how many input entries have been painted
 * @param {string} nothing text for an empty sum
 */
export function sumFormula(layer, row, column, count, nothing) {
  const { input, kernel } = layer;
  const terms = contributions(layer, row, column, count);
  const name = `y[${row}, ${column}]`;
  if (!terms.length) return `${name} = 0 (${nothing})`;
  const factor = (/** @type {number} */ value) =>
    value < 0 ? `(${formatNumber(value)})` : formatNumber(value);
  const symbols = terms.map(({ i, j, a, b }) => `x[${i}, ${j}]·k[${a}, ${b}]`);
  const numbers = terms.map(({ i, j, a, b }) => `${factor(input[i][j])}·${factor(kernel[a][b])}`);
  const total = formatNumber(output(layer, count)[row][column]);
  return `${name} = ${symbols.join(" + ")} = ${numbers.join(" + ")} = ${total}`;
}

/**
 * "n·s + max(k − s, 0) = 2·2 + max(3 − 2, 0) = 5"
 *
 * @param {number} n input length
 * @param {number} k kernel length
 * @param {number} s strides
 * @param {import("./state.js").Padding} padding
 * @param {Texts["crop"]} crop text for what is cropped
 */
export function sizeFormula(n, k, s, padding, crop) {
  const { size, crop: front } = outputAxis(n, k, s, padding);
  if (padding === "valid") {
    return `n·s + max(k − s, 0) = ${n}·${s} + max(${k} − ${s}, 0) = ${size}`;
  }
  const surplus = Math.max(k - s, 0);
  return `n·s = ${n}·${s} = ${size}${surplus ? crop(front, surplus - front) : ""}`;
}

/**
 * How the sizes of the output are computed, in one line if height and width are alike.
 *
 * @param {Layer} layer
 * @param {Texts} t
 */
export function explainSize({ input, kernel, strides, padding }, t) {
  const height = sizeFormula(input.length, kernel.length, strides, padding, t.crop);
  const width = sizeFormula(input[0].length, kernel[0].length, strides, padding, t.crop);
  return height === width
    ? `${t.both} (${t.letters}): ${height}`
    : `${t.height} (${t.letters}): ${height}\n${t.width}: ${width}`;
}

/**
 * The rule about kernel size and strides that a view shows, if any.
 *
 * @param {State} state
 * @param {Texts} t
 */
export function explainRule(state, t) {
  const { kernel, strides, view } = state;
  if (view === "overlaps") {
    const uneven = [kernel.length, kernel[0].length].find((k) => k % strides);
    return uneven ? t.uneven(uneven, strides) : t.even(kernel.length, strides);
  }
  return view === "matrix" ? explainMatrix(state, t) : "";
}

/**
 * @param {Layer} layer
 * @param {Texts} t
 */
export function explainMatrix(layer, t) {
  const [height, width] = outputAxes(layer);
  let filled = 0;
  eachProduct(layer, () => filled++);
  return t.matrix(height.size * width.size, inputCount(layer), filled);
}
