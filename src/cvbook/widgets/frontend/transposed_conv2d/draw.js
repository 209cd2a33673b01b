// Tints of the grids, and the matrix product on a canvas.

import { h } from "../shared/dom.js";
import { clamp, formatShort } from "../shared/format.js";
import { matrixEntries, output, outputAxes, overlaps, zeroInsertion } from "./state.js";

/**
 * @typedef {import("./explain.js").Part} Part
 * @typedef {import("./state.js").Layer} Layer
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Table} Table
 * @typedef {import("../shared/grid.js").Grid} Grid
 */

/**
 * The largest absolute value, at least 1e-9.
 *
 * @param {Table} table
 */
const largest = (table) => Math.max(1e-9, ...table.flat().map(Math.abs));

/**
 * The parts that a view shows.
 *
 * @param {import("./state.js").ViewName} view
 * @returns {Record<Part, boolean>}
 */
export function visibleParts(view) {
  const zeros = view === "zeros";
  return { input: !zeros, kernel: !zeros, padded: zeros, flipped: zeros, output: true };
}

/**
 * Draw the grids that the view shows.
 *
 * @param {Record<Part, Grid>} grids
 * @param {State} state
 * @param {number} painted how many input entries have been painted
 * @param {(part: Part, row: number, column: number) => string} className highlight of a cell
 */
export function drawGrids(grids, state, painted, className) {
  if (state.view === "zeros") drawZeroInsertion(grids, state, className);
  else drawInputAndKernel(grids, state, painted, className);
  drawOutput(grids.output, state, painted, (row, column) => className("output", row, column));
}

/** @type {typeof drawGrids} */
function drawInputAndKernel(grids, { input, kernel }, painted, className) {
  const width = input[0].length;
  grids.input.draw(
    input,
    (row, column) => className("input", row, column),
    (row, column) => (row * width + column < painted ? 0.1 : 0),
  );
  drawKernel(grids.kernel, kernel, (row, column) => className("kernel", row, column));
}

/**
 * @param {Record<Part, Grid>} grids
 * @param {State} state
 * @param {(part: Part, row: number, column: number) => string} className
 */
function drawZeroInsertion(grids, state, className) {
  const { padded, flipped, place } = zeroInsertion(state);
  const places = state.input.flatMap((line, i) => line.map((_, j) => place(i, j).join()));
  const entries = new Set(places);
  const isEntry = (/** @type {number[]} */ ...cell) => entries.has(cell.join());
  grids.padded.draw(
    padded,
    (row, column) => className("padded", row, column) + (isEntry(row, column) ? "" : " faint"),
    (row, column) => (isEntry(row, column) ? 0.16 : 0),
  );
  drawKernel(grids.flipped, flipped, (row, column) => className("flipped", row, column));
}

/**
 * @param {Grid} grid
 * @param {Table} kernel
 * @param {(row: number, column: number) => string} className
 */
function drawKernel(grid, kernel, className) {
  const most = largest(kernel);
  const tint = (/** @type {number} */ a, /** @type {number} */ b) =>
    0.12 + (0.25 * Math.abs(kernel[a][b])) / most;
  grid.draw(kernel, className, tint);
}

/**
 * @param {Grid} grid
 * @param {State} state
 * @param {number} painted
 * @param {(row: number, column: number) => string} className
 */
function drawOutput(grid, state, painted, className) {
  const counts = overlaps(state);
  if (state.view === "overlaps") {
    const most = largest(counts);
    grid.draw(counts, className, (row, column) => (0.4 * counts[row][column]) / most);
    return;
  }
  const sums = output(state, painted);
  const most = largest(state.view === "stamps" ? output(state) : sums);
  grid.draw(sums, className, (row, column) =>
    counts[row][column] ? 0.06 + (0.3 * Math.abs(sums[row][column])) / most : 0,
  );
}

const HEADER = 24; // height of the letters above the matrix, in CSS pixels

const COLOURS = /** @type {const} */ (["ink", "quiet", "panel", "green", "blue", "orange"]);

/** @typedef {typeof COLOURS[number]} Colour */

/** y = Cᵀx with every entry as a square, numbers where the squares have room for them. */
export class MatrixProduct {
  canvas = h("canvas", { role: "img" });
  element = h(
    "div",
    { class: "cvbook-scroll cvbook-product", tabindex: 0, role: "group", "aria-label": "y = Cᵀx" },
    this.canvas,
  );
  #pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
  /** @type {Partial<Record<Colour, string>>} */
  #colours = {};
  #cell = 0; // side of a square, in CSS pixels
  #rows = 0;

  /**
   * The row of the matrix at a height on the canvas, or null.
   *
   * @param {number} y in CSS pixels
   */
  rowAt(y) {
    const row = Math.floor((y - HEADER) / this.#cell);
    return row >= 0 && row < this.#rows ? row : null;
  }

  /**
   * Scroll to a row that is out of sight.
   *
   * @param {number} row
   */
  reveal(row) {
    const { element } = this;
    const [top, room] = [HEADER + row * this.#cell, element.clientHeight];
    const isVisible = top >= element.scrollTop && top <= element.scrollTop + room;
    if (!isVisible) element.scrollTop = top - room / 2;
  }

  /**
   * @param {State} state
   * @param {number | null} selected row of the matrix that is outlined
   */
  draw(state, selected) {
    const [x, y] = [state.input.flat(), output(state).flat()];
    this.#rows = y.length;
    this.#cell = clamp(Math.floor(500 / Math.max(y.length, x.length)), 3, 24);
    const cell = this.#cell;
    const gap = Math.max(cell, 24);
    const left = cell + gap; // of the matrix
    const right = left + x.length * cell + gap / 2; // of the gap behind it
    this.#resize(right + Math.max(cell, 12) + 1, HEADER + y.length * cell + 1);

    this.#readColours();
    this.#fill("panel");
    this.#pen.fillRect(left, HEADER, x.length * cell, y.length * cell);
    this.#drawColumn(y, 0, "blue");
    this.#drawColumn(x, right, "ink");
    const most = largest(state.kernel);
    for (const { row, column, a, b } of matrixEntries(state)) {
      const [atX, atY] = [left + column * cell, HEADER + row * cell];
      this.#drawSquare(state.kernel[a][b], most, atX, atY, "green");
    }
    const middle = HEADER / 2;
    this.#write("y", Math.max(cell, 12) / 2, middle, 14);
    this.#write("=", cell + gap / 2, middle, 14, "quiet");
    this.#write("Cᵀ", left + Math.max(x.length * cell, 24) / 2, middle, 14);
    this.#write("x", right + Math.max(cell, 12) / 2, middle, 14);
    if (selected === null) return;
    this.#pen.strokeStyle = this.#colours.orange ?? "";
    this.#pen.lineWidth = 2;
    this.#pen.strokeRect(1, HEADER + selected * cell, cell, cell);
    this.#pen.strokeRect(left, HEADER + selected * cell, x.length * cell, cell);
    this.#pen.strokeRect(right, HEADER, cell, x.length * cell);
  }

  /**
   * @param {number} width in CSS pixels
   * @param {number} height
   */
  #resize(width, height) {
    const density = window.devicePixelRatio || 1;
    const { canvas } = this;
    Object.assign(canvas, { width: width * density, height: height * density });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    this.#pen.scale(density, density);
    this.#pen.textAlign = "center";
    this.#pen.textBaseline = "middle";
  }

  /** Read the theme, which may have changed. */
  #readColours() {
    const style = getComputedStyle(this.canvas);
    const entries = COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
    this.#colours = Object.fromEntries(entries);
  }

  /** @param {Colour} name */
  #fill(name) {
    this.#pen.fillStyle = this.#colours[name] ?? "";
  }

  /**
   * @param {number[]} values
   * @param {number} left
   * @param {Colour} colour
   */
  #drawColumn(values, left, colour) {
    const most = largest([values]);
    values.forEach((value, row) => {
      this.#drawSquare(value, most, left, HEADER + row * this.#cell, colour);
    });
  }

  /**
   * @param {number} value
   * @param {number} most the value that is drawn strongest
   * @param {number} left
   * @param {number} top
   * @param {Colour} colour
   */
  #drawSquare(value, most, left, top, colour) {
    const cell = this.#cell;
    this.#pen.globalAlpha = 0.1 + (0.3 * Math.abs(value)) / most;
    this.#fill(colour);
    this.#pen.fillRect(left, top, cell - 0.5, cell - 0.5);
    this.#pen.globalAlpha = 1;
    if (cell < 16) return;
    const text = formatShort(value);
    const size = cell * (text.length > 3 ? 0.32 : 0.46);
    this.#write(text, left + cell / 2, top + cell / 2, size);
  }

  /**
   * @param {string} text
   * @param {number} x of its middle
   * @param {number} y of its middle
   * @param {number} size of the font, in CSS pixels
   * @param {Colour} colour
   */
  #write(text, x, y, size, colour = "ink") {
    this.#pen.font = `${size}px system-ui, sans-serif`;
    this.#fill(colour);
    this.#pen.fillText(text, x, y);
  }
}

/**
 * The output entry in a row of the matrix.
 *
 * @param {Layer} layer
 * @param {number} matrixRow
 */
export function outputEntry(layer, matrixRow) {
  const width = outputAxes(layer)[1].size;
  return { row: Math.floor(matrixRow / width), column: matrixRow % width };
}
