// Numbers as text, and text as numbers.

const MINUS = "\u2212";

/**
 * A number with at most three decimals and a true minus sign.
 *
 * @param {number} value
 */
export function formatNumber(value) {
  const rounded = Math.round(value * 1000) / 1000;
  return String(Object.is(rounded, -0) ? 0 : rounded).replace("-", MINUS);
}

/**
 * A number in at most five characters, the width of a grid cell.
 *
 * @param {number} value
 */
export function formatShort(value) {
  const size = Math.abs(value);
  const digits = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
  const text =
    size < (value < 0 ? 999.5 : 9999.5)
      ? String(Number(value.toFixed(digits)))
      : value.toExponential(0).replace("+", "");
  return text === "-0" ? "0" : text.replace("-", MINUS);
}

/**
 * The number that a reader typed, with either minus sign and a decimal point or comma; null where
 * it is none.
 *
 * @param {string} text
 * @returns {number | null}
 */
export function parseNumber(text) {
  const trimmed = text.trim();
  const value = Number(trimmed.replace(MINUS, "-").replace(",", "."));
  return trimmed !== "" && Number.isFinite(value) ? value : null;
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
