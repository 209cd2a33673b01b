// Resizing of a trimap by nearest and by bilinear interpolation, as Pillow does it; but a bilinear
// mean is rounded once, not once across and once down.

/**
 * @typedef {"nearest" | "bilinear"} Method
 * @typedef {"trimap" | "target"} Values
 * @typedef {object} State the traits of `MaskResizing`
 * @property {string[]} trimap a digit for each pixel
 * @property {string} picture
 * @property {number} size
 * @property {number} row
 * @property {number} column
 * @property {Values} values
 */

export const BODY = 1;
export const BACKGROUND = 2;
export const BORDER = 3;

// Means of halves, such as of body and background, are sums of many weights: they round up.
const TINY = 1e-9;

/** @param {string[]} trimap */
export const parse = (trimap) => trimap.map((line) => Array.from(line, Number));

/**
 * Which values of a line each result is the mean of, and with which weights: a triangle as wide as
 * two results, or two values where the line grows.
 *
 * @param {number} length
 * @param {number} size of the result
 */
function weights(length, size) {
  const scale = length / size;
  const reach = Math.max(scale, 1);
  return Array.from({ length: size }, (_, n) => {
    const center = (n + 0.5) * scale;
    const first = Math.max(0, Math.floor(center - reach + 0.5));
    const last = Math.min(length, Math.floor(center + reach + 0.5));
    const raw = Array.from({ length: last - first }, (_, i) =>
      Math.max(0, 1 - Math.abs(i + first + 0.5 - center) / reach),
    );
    const sum = raw.reduce((total, one) => total + one, 0);
    return { first, factors: raw.map((one) => one / sum) };
  });
}

/**
 * @param {number[]} line
 * @param {ReturnType<typeof weights>} parts
 */
const blend = (line, parts) =>
  parts.map(({ first, factors }) =>
    factors.reduce((total, one, i) => total + one * line[first + i], 0),
  );

/**
 * Which value each result is. The place is summed up, as Pillow does: its rounding decides where
 * the middle of a result lies between two values.
 *
 * @param {number} length
 * @param {number} size
 */
export function nearestPlaces(length, size) {
  const scale = length / size;
  let place = scale * 0.5;
  return Array.from({ length: size }, () => {
    const value = Math.floor(place);
    place += scale;
    return value;
  });
}

/** @param {number[][]} grid */
const transpose = (grid) => grid[0].map((_, n) => grid.map((line) => line[n]));

/**
 * @param {number[][]} mask
 * @param {number} size
 * @param {Method} method
 */
export function resize(mask, size, method) {
  const [height, width] = [mask.length, mask[0].length];
  if (method === "nearest") {
    const columns = nearestPlaces(width, size);
    return nearestPlaces(height, size).map((y) => columns.map((x) => mask[y][x]));
  }
  const across = weights(width, size);
  const wide = mask.map((line) => blend(line, across));
  const down = weights(height, size);
  const means = transpose(transpose(wide).map((line) => blend(line, down)));
  return means.map((line) => line.map((mean) => Math.floor(mean + 0.5 + TINY)));
}

/**
 * What a pixel of the bilinear result is the mean of: the rectangle, the share of each value by
 * weight, and the mean before it is rounded.
 *
 * @param {number[][]} mask
 * @param {number} size
 * @param {number} row
 * @param {number} column
 */
export function average(mask, size, row, column) {
  const down = weights(mask.length, size)[row];
  const across = weights(mask[0].length, size)[column];
  const shares = [0, 0, 0];
  down.factors.forEach((tall, i) => {
    across.factors.forEach((wide, j) => {
      shares[mask[down.first + i][across.first + j] - 1] += tall * wide;
    });
  });
  const mean = shares.reduce((sum, share, n) => sum + share * (n + 1), 0);
  const corner = { y: down.first, x: across.first };
  return { shares, mean, ...corner, height: down.factors.length, width: across.factors.length };
}

/**
 * Both results, and the pixels that only bilinear interpolation makes background.
 *
 * @param {number[][]} mask
 * @param {number} size
 */
export function compare(mask, size) {
  const nearest = resize(mask, size, "nearest");
  const bilinear = resize(mask, size, "bilinear");
  const invented = bilinear.map((line, y) =>
    line.map((value, x) => value === BACKGROUND && nearest[y][x] !== BACKGROUND),
  );
  const animal = nearest.flat().filter((value) => value !== BACKGROUND).length;
  return { nearest, bilinear, invented, count: invented.flat().filter(Boolean).length, animal };
}
