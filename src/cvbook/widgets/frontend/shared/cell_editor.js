// The text field that edits a grid cell in place.

import { h } from "./dom.js";
import { parseNumber } from "./format.js";

/**
 * Put a text field into a cell and focus it. The caller removes it in `onClose`.
 *
 * @param {HTMLElement} cell
 * @param {string} text what the field holds
 * @param {boolean} selectAll whether what is typed replaces the text
 * @param {(value: number | null, refocus: boolean) => void} onClose called once, with the number
 *   typed, or null for none or Escape, and whether the focus goes back to the cell
 */
export function editCell(cell, text, selectAll, onClose) {
  const label = cell.getAttribute("aria-label");
  const attributes = { type: "text", inputmode: "text", value: text, "aria-label": label };
  const field = h("input", attributes);
  let closed = false;
  /** @type {(keep: boolean, refocus: boolean) => void} */
  const close = (keep, refocus) => {
    if (closed) return; // removing the field from the page blurs it
    closed = true;
    onClose(keep ? parseNumber(field.value) : null, refocus);
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") close(true, true);
    else if (event.key === "Escape") close(false, true);
    else if (event.key === "Tab") close(true, false);
    else return;
    if (event.key !== "Tab") event.preventDefault();
  });
  field.addEventListener("blur", () => close(true, false));
  cell.replaceChildren(field);
  field.focus();
  if (selectAll) field.select();
  else field.setSelectionRange(text.length, text.length);
}
