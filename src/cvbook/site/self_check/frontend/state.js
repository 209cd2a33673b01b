// Whether an answer is right, and which mistake it is. Arithmetic alone, testable without a page.

/**
 * @typedef {{ shown: string[], answer: number, wrong: { value: number, shown: string }[] }} Case
 * @typedef {{ unit: string, values: number, cases: Case[] }} NumberQuestion `values`: how many of
 *   those shown are in the question
 * @typedef {{ right: number, reasons: number[] }} ChoiceQuestion
 * @typedef {{ isRight: boolean, reason: number | null }} Judgement `reason`: its number in the list
 */

// As TOLERANCE of cases.py.
const TOLERANCE = 0.01;

/**
 * Read a number as people write it: `0.5`, `1/2`, `16,384`, `-3`, `1.5배`.
 *
 * @param {string} text
 * @returns {number | null} null where it is none
 */
export function parseNumber(text) {
  const plain = text
    .trim()
    .replace(/−/g, "-")
    .replace(/(\d)[,\s](?=\d{3}(?!\d))/g, "$1");
  const match = plain.match(/^(-?\d*\.?\d+)(?:\s*\/\s*(\d*\.?\d+))?\s*(?:[가-힣%]|px)*$/);
  if (!match) return null;
  const value = Number(match[1]) / Number(match[2] ?? 1);
  return Number.isFinite(value) ? value : null;
}

/**
 * @param {number} given
 * @param {number} wanted
 */
export function isClose(given, wanted) {
  if (Number.isInteger(wanted)) return Math.abs(given - wanted) < 1e-9;
  return Math.abs(given - wanted) <= TOLERANCE * Math.abs(wanted);
}

/**
 * @param {Case} values
 * @param {number} given
 * @returns {Judgement}
 */
export function judgeNumber(values, given) {
  if (isClose(given, values.answer)) return { isRight: true, reason: null };
  const known = values.wrong.findIndex(({ value }) => isClose(given, value));
  // The last reason is for all others.
  return { isRight: false, reason: known < 0 ? values.wrong.length : known };
}

/**
 * @param {ChoiceQuestion} question
 * @param {number} choice
 * @returns {Judgement}
 */
export function judgeChoice({ right, reasons }, choice) {
  const isRight = choice === right;
  return { isRight, reason: isRight ? null : reasons.indexOf(choice) };
}

/**
 * Draw other values.
 *
 * @param {number} count of cases
 * @param {number} current
 * @param {number} random from 0 to below 1
 */
export function otherCase(count, current, random) {
  return (current + 1 + Math.floor(random * (count - 1))) % count;
}

/**
 * Take a text apart at its numbers that change.
 *
 * @param {string} text
 * @param {string[]} shown the numbers, as the text has them
 * @returns {(string | number)[]} texts, and positions in `shown`
 */
export function splitNumbers(text, shown) {
  const longest = shown.filter(Boolean).sort((a, b) => b.length - a.length);
  const choices = longest.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const pattern = new RegExp(
    `(?<![A-Za-z0-9_])(?<!\\d[.,])(${choices})(?![A-Za-z0-9_]|[.,]\\d)`,
    "g",
  );
  return text.split(pattern).map((part, index) => (index % 2 ? shown.indexOf(part) : part));
}
