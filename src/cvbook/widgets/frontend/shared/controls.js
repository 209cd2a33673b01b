// Controls for one setting each. `draw` shows a value; a change by the reader calls `onChange`.

import { h, setAttribute, setText } from "./dom.js";
import { clamp, formatNumber } from "./format.js";

/**
 * @template Value
 * @typedef {{ element: HTMLElement, draw: (value: Value) => void }} Control
 */

/**
 * @param {string} text
 * @param {() => void} onClick
 */
export const button = (text, onClick) => h("button", { type: "button", onclick: onClick }, text);

/** @param {string} label */
const visibleLabel = (label) => h("span", { class: "cvbook-label", "aria-hidden": "true" }, label);

/**
 * A row of buttons of which one is pressed.
 *
 * @template const Value
 * @param {string} label
 * @param {[Value, string][]} options values and their texts
 * @param {(value: Value) => void} onChange
 * @returns {Control<Value>}
 */
export function choice(label, options, onChange) {
  const buttons = options.map(([value, text]) => button(text, () => onChange(value)));
  const attributes = { role: "group", class: "cvbook-choice", "aria-label": label };
  return {
    element: h("div", attributes, visibleLabel(label), ...buttons),
    draw: (value) => {
      options.forEach(([option], index) => {
        setAttribute(buttons[index], "aria-pressed", option === value);
      });
    },
  };
}

/**
 * A number between − and + buttons.
 *
 * @param {string} label
 * @param {number} low
 * @param {number} high
 * @param {(value: number) => void} onChange
 * @param {number[] | null} values the numbers it steps through; whole numbers by default
 * @returns {Control<number>}
 */
export function stepper(label, low, high, onChange, values = null) {
  const shown = h("span", { class: "cvbook-value" });
  const current = () => Number(shown.textContent);
  /** @type {(by: number) => number} */
  const next = (by) => {
    if (!values) return clamp(current() + by, low, high);
    const index = values.findIndex((value) => value >= current());
    return values[clamp(index + by, 0, values.length - 1)];
  };
  /** @type {(text: string, by: number, name: string) => HTMLButtonElement} */
  const stepButton = (text, by, name) => {
    const attributes = { type: "button", "aria-label": `${label} ${name}` };
    return h("button", { ...attributes, onclick: () => onChange(next(by)) }, text);
  };
  const less = stepButton("\u2212", -1, "\u22121");
  const more = stepButton("+", 1, "+1");
  const attributes = { role: "group", class: "cvbook-stepper", "aria-label": label };
  return {
    element: h("div", attributes, visibleLabel(label), less, shown, more),
    draw: (value) => {
      setText(shown, String(value));
      // aria-disabled keeps the focus where it is when the end is reached.
      setAttribute(less, "aria-disabled", value <= low);
      setAttribute(more, "aria-disabled", value >= high);
    },
  };
}

/**
 * A native range input with text beside it.
 *
 * @param {string} label
 * @param {{ min: number, max: number, step: number }} range
 * @param {(position: number) => void} onInput
 */
function rangeInput(label, range, onInput) {
  const shown = h("span", { class: "cvbook-value" });
  const oninput = () => onInput(Number(field.value));
  const field = h("input", { type: "range", ...range, "aria-label": label, oninput });
  const name = h("span", { class: "cvbook-label" }, label);
  return {
    element: h("label", { class: "cvbook-slider" }, name, field, shown),
    /** @type {(position: number, text: string) => void} */
    draw: (position, text) => {
      if (Number(field.value) !== position) field.value = String(position);
      setAttribute(field, "aria-valuetext", text);
      setText(shown, text);
    },
  };
}

/**
 * A slider over numbers at equal steps.
 *
 * @param {string} label
 * @param {{ min: number, max: number, step: number }} range
 * @param {(value: number) => void} onChange
 * @returns {Control<number>}
 */
export function slider(label, range, onChange) {
  const { element, draw } = rangeInput(label, range, onChange);
  return { element, draw: (value) => draw(value, formatNumber(value)) };
}

/**
 * A slider over a list of increasing numbers.
 *
 * @param {string} label
 * @param {number[]} values
 * @param {(value: number) => void} onChange
 * @returns {Control<number>}
 */
export function listSlider(label, values, onChange) {
  const range = { min: 0, max: values.length - 1, step: 1 };
  const { element, draw } = rangeInput(label, range, (index) => onChange(values[index]));
  const position = (/** @type {number} */ value) => values.findIndex((one) => one >= value);
  return { element, draw: (value) => draw(position(value), formatNumber(value)) };
}
