// A transposed convolution of one channel, as Keras's Conv2DTranspose computes it.

/**
 * @typedef {number[][]} Table
 * @typedef {"valid" | "same"} Padding
 * @typedef {"stamps" | "overlaps" | "zeros" | "matrix"} ViewName
 * @typedef {{ input: Table, kernel: Table, strides: number, padding: Padding }} Layer
 * @typedef {Layer & { step: number, view: ViewName }} State the traits of `TransposedConv2D`;
 *   `step` input entries have been painted
 * @typedef {{ i: number, j: number, a: number, b: number }} Product of input entry (i, j) and
 *   kernel entry (a, b)
 */

/**
 * Output length along one axis, and how many entries `same` padding crops in front.
 *
 * @param {number} n input length
 * @param {number} k kernel length
 * @param {number} s strides
 * @param {Padding} padding
 */
export function outputAxis(n, k, s, padding) {
  const surplus = Math.max(k - s, 0); // Keras keeps n * s entries even when the kernel is smaller
  return padding === "valid"
    ? { size: n * s + surplus, crop: 0 }
    : { size: n * s, crop: Math.floor(surplus / 2) };
}

/**
 * `outputAxis` of the rows and of the columns.
 *
 * @param {Layer} layer
 */
export const outputAxes = ({ input, kernel, strides, padding }) => [
  outputAxis(input.length, kernel.length, strides, padding),
  outputAxis(input[0].length, kernel[0].length, strides, padding),
];

/** @type {(rows: number, columns: number) => Table} */
const zeros = (rows, columns) => Array.from({ length: rows }, () => new Array(columns).fill(0));

/** @param {Layer} layer */
export const inputCount = ({ input }) => input.length * input[0].length;

/**
 * How many input entries the view shows as painted: only stamps are painted one by one.
 *
 * @param {State} state
 */
export const paintedCount = (state) =>
  state.view === "stamps"
    ? Math.min(Math.max(state.step, 0), inputCount(state))
    : inputCount(state);

/**
 * Call `visit(row, column, product)` for each product of the first `count` input entries that is
 * added to output entry (row, column).
 *
 * @param {Layer} layer
 * @param {(row: number, column: number, product: Product) => void} visit
 */
export function eachProduct(layer, visit, count = Number.POSITIVE_INFINITY) {
  const { input, kernel, strides } = layer;
  const [height, width] = outputAxes(layer);
  const columns = input[0].length;
  for (let index = 0; index < Math.min(count, inputCount(layer)); index++) {
    const [i, j] = [Math.floor(index / columns), index % columns];
    for (let a = 0; a < kernel.length; a++) {
      for (let b = 0; b < kernel[0].length; b++) {
        const row = i * strides + a - height.crop;
        const column = j * strides + b - width.crop;
        const inside = row >= 0 && row < height.size && column >= 0 && column < width.size;
        if (inside) visit(row, column, { i, j, a, b });
      }
    }
  }
}

/**
 * The output once the first `count` input entries have been painted; all of them by default.
 *
 * @param {Layer} layer
 * @param {number} [count]
 */
export function output(layer, count) {
  const [height, width] = outputAxes(layer);
  const sum = zeros(height.size, width.size);
  const add = (
    /** @type {number} */ row,
    /** @type {number} */ column,
    /** @type {Product} */ p,
  ) => {
    sum[row][column] += layer.input[p.i][p.j] * layer.kernel[p.a][p.b];
  };
  eachProduct(layer, add, count);
  return sum;
}

/**
 * How many products are added up in each output entry.
 *
 * @param {Layer} layer
 */
export function overlaps(layer) {
  const [height, width] = outputAxes(layer);
  const counts = zeros(height.size, width.size);
  eachProduct(layer, (row, column) => {
    counts[row][column]++;
  });
  return counts;
}

/**
 * Every product that is added to output entry (row, column), among the first `count` inputs.
 *
 * @param {Layer} layer
 * @param {number} row
 * @param {number} column
 * @param {number} [count]
 */
export function contributions(layer, row, column, count) {
  /** @type {Product[]} */
  const found = [];
  const collect = (/** @type {number} */ r, /** @type {number} */ c, /** @type {Product} */ p) => {
    if (r === row && c === column) found.push(p);
  };
  eachProduct(layer, collect, count);
  return found;
}

/**
 * The same output as an ordinary convolution: the input with zeros between and around its entries,
 * the kernel turned by 180°, and where an input entry is placed.
 *
 * @param {Layer} layer
 */
export function zeroInsertion(layer) {
  const { input, kernel, strides } = layer;
  const [height, width] = outputAxes(layer);
  const [k, l] = [kernel.length, kernel[0].length];
  const padded = zeros(height.size + k - 1, width.size + l - 1);
  /** @type {(i: number, j: number) => [number, number]} */
  const place = (i, j) => [i * strides + k - 1 - height.crop, j * strides + l - 1 - width.crop];
  input.forEach((line, i) => {
    line.forEach((value, j) => {
      const [row, column] = place(i, j);
      padded[row][column] = value;
    });
  });
  const flipped = kernel.map((line) => [...line].reverse()).reverse();
  return { padded, flipped, place };
}

/**
 * The filled entries of the transposed matrix: its row (an output entry), its column (an input
 * entry) and the kernel entry in it.
 *
 * @param {Layer} layer
 */
export function matrixEntries(layer) {
  const outputWidth = outputAxes(layer)[1].size;
  const inputWidth = layer.input[0].length;
  /** @type {{ row: number, column: number, a: number, b: number }[]} */
  const entries = [];
  eachProduct(layer, (row, column, { i, j, a, b }) => {
    entries.push({ row: row * outputWidth + column, column: i * inputWidth + j, a, b });
  });
  return entries;
}

/**
 * A copy of a table with one entry changed.
 *
 * @param {Table} table
 * @param {number} row
 * @param {number} column
 * @param {number} value
 */
export function withEntry(table, row, column, value) {
  const copy = table.map((line) => [...line]);
  copy[row][column] = value;
  return copy;
}

/**
 * A copy of a table with more or fewer rows and columns; new entries are 1.
 *
 * @param {Table} table
 * @param {number} rows
 * @param {number} columns
 */
export const resized = (table, rows, columns) =>
  Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => table[i]?.[j] ?? 1),
  );
