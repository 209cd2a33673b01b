// A table of numbers with the keyboard of the ARIA grid pattern.

import { editCell } from "./cell_editor.js";
import { h } from "./dom.js";
import { clamp, formatNumber, formatShort } from "./format.js";

/** One cell: the number shown in it, and its element. */
class Cell {
  /** @type {number | undefined} undefined where it must be drawn again */
  value = undefined;
  /** Whether its text needs a smaller font. */
  isLong = false;
  #className = "";

  /**
   * @param {number} row
   * @param {number} column
   */
  constructor(row, column) {
    const data = { "data-row": row, "data-column": column };
    this.element = h("div", { role: "gridcell", tabindex: -1, ...data });
  }

  /**
   * @param {number} value
   * @param {(value: string) => string} label accessible name for the formatted value
   */
  write(value, label) {
    if (this.value === value) return;
    this.value = value;
    const text = formatShort(value);
    this.isLong = text.replace(".", "").length > 3;
    const node = this.element.firstChild;
    if (node instanceof Text) node.data = text;
    else this.element.textContent = text;
    this.element.setAttribute("aria-label", label(formatNumber(value)));
  }

  /** @param {string} className */
  setClass(className) {
    if (this.#className !== className) this.element.className = this.#className = className;
  }
}

/**
 * @typedef {object} GridOptions
 * @property {string} label accessible name of the grid
 * @property {(row: number, column: number, value: string) => string} cellLabel accessible name of
 *   a cell
 * @property {string} kind class of the grid
 * @property {(row: number, column: number, value: number) => void} [onEdit] called with a new
 *   value; without it the grid is read-only
 * @property {(cell: [number, number] | null, byFocus: boolean) => void} [onPoint] called with the
 *   cell under the mouse or with the focus, and with null when there is none any more
 */

/**
 * Arrows, Home and End (with Ctrl for the corners) move the focus; where the grid is editable,
 * Enter, F2, a double click or a digit starts editing, Enter keeps and Escape discards.
 */
export class Grid {
  /** @type {Cell[][]} */
  cells = [];
  /** @type {[number, number]} the one cell in the order of the Tab key (roving tabindex) */
  #active = [0, 0];
  /** @type {Cell | null} */
  #editing = null;
  /** @type {Cell | null} the cell that was clicked last */
  #clicked = null;

  /** @param {GridOptions} options */
  constructor({ label, cellLabel, kind, onEdit, onPoint }) {
    this.cellLabel = cellLabel;
    this.onEdit = onEdit;
    this.onPoint = onPoint;
    this.element = h("div", { role: "grid", class: `cvbook-grid ${kind}`, "aria-label": label });
    if (!onEdit) this.element.setAttribute("aria-readonly", "true");
    this.#listenToPointer();
    this.#listenToFocus();
    this.#listen("keydown", (row, column, event) => this.#onKey(row, column, event));
    if (onEdit) this.#listenToEdits();
  }

  /**
   * Listen to an event of the cells.
   *
   * @template {keyof HTMLElementEventMap} Type
   * @param {Type} type
   * @param {(row: number, column: number, event: HTMLElementEventMap[Type]) => void} handler
   */
  #listen(type, handler) {
    this.element.addEventListener(type, (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const cell = /** @type {HTMLElement | null} */ (target?.closest('[role="gridcell"]'));
      if (cell) handler(Number(cell.dataset.row), Number(cell.dataset.column), event);
    });
  }

  #listenToPointer() {
    this.#listen("pointerover", (row, column, event) => {
      if (event.pointerType === "mouse") this.onPoint?.([row, column], false);
    });
    this.element.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") this.onPoint?.(null, false);
    });
  }

  #listenToFocus() {
    this.#listen("focusin", (row, column) => {
      this.#activate(row, column);
      this.onPoint?.([row, column], true);
    });
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      const inside = relatedTarget instanceof Node && this.element.contains(relatedTarget);
      if (!inside) this.onPoint?.(null, true);
    });
  }

  #listenToEdits() {
    this.#listen("dblclick", (row, column) => this.#edit(row, column));
    // A phone has no double click: a second tap on the same cell edits it.
    this.#listen("click", (row, column, event) => {
      const cell = this.cells[row][column];
      const touched = event instanceof PointerEvent && event.pointerType === "touch";
      if (this.#clicked === cell && touched) this.#edit(row, column);
      this.#clicked = cell;
    });
  }

  /**
   * Show a table of numbers.
   *
   * @param {number[][]} values
   * @param {(row: number, column: number) => string} className classes of a cell
   * @param {(row: number, column: number) => number} tint strength of a cell's colour, 0 to 0.4
   */
  draw(values, className, tint) {
    if (this.cells.length !== values.length || this.cells[0].length !== values[0].length) {
      this.#build(values.length, values[0].length);
    }
    let long = false;
    values.forEach((line, row) => {
      line.forEach((value, column) => {
        const cell = this.cells[row][column];
        if (cell === this.#editing) return;
        cell.write(value, (text) => this.cellLabel(row, column, text));
        // Tints are classes in steps of 4 %: cells of one class share their computed style.
        cell.setClass(`tint${Math.round(tint(row, column) * 25)} ${className(row, column)}`);
        long ||= cell.isLong;
      });
    });
    this.element.classList.toggle("long", long);
  }

  /** Let the next `draw` write every cell: the meaning of the values has changed. */
  invalidate() {
    for (const cell of this.cells.flat()) cell.value = undefined;
  }

  /**
   * @param {number} rows
   * @param {number} columns
   */
  #build(rows, columns) {
    const focused = this.element.contains(document.activeElement);
    this.cells = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => new Cell(row, column)),
    );
    this.element.style.setProperty("--columns", String(columns));
    this.element.classList.toggle("dense", columns > 10);
    this.element.setAttribute("aria-rowcount", String(rows));
    this.element.setAttribute("aria-colcount", String(columns));
    this.element.replaceChildren(
      ...this.cells.map((line) => h("div", { role: "row" }, ...line.map((cell) => cell.element))),
    );
    const [row, column] = this.#active;
    this.#active = [Math.min(row, rows - 1), Math.min(column, columns - 1)];
    this.#activeElement.tabIndex = 0;
    if (focused) this.#activeElement.focus();
  }

  get #activeElement() {
    const [row, column] = this.#active;
    return this.cells[row][column].element;
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  #activate(row, column) {
    this.#activeElement.tabIndex = -1;
    this.#active = [row, column];
    this.#activeElement.tabIndex = 0;
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {KeyboardEvent} event
   */
  #onKey(row, column, event) {
    if (this.#editing) return;
    const target = this.#moveTarget(row, column, event);
    if (target) {
      this.#activate(...target);
      this.#activeElement.focus();
    } else if (this.onEdit && (event.key === "Enter" || event.key === "F2")) {
      this.#edit(row, column);
    } else if (this.onEdit && /^[-\d.]$/.test(event.key) && !event.ctrlKey && !event.metaKey) {
      this.#edit(row, column, event.key);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // JupyterLab and the page have keys of their own
  }

  /**
   * The cell that a key moves to from (row, column), or null for other keys.
   *
   * @param {number} row
   * @param {number} column
   * @param {KeyboardEvent} event
   * @returns {[number, number] | null}
   */
  #moveTarget(row, column, { key, ctrlKey }) {
    const [lastRow, lastColumn] = [this.cells.length - 1, this.cells[0].length - 1];
    /** @type {Record<string, [number, number]>} */
    const targets = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [ctrlKey ? 0 : row, 0],
      End: [ctrlKey ? lastRow : row, lastColumn],
    };
    const target = targets[key];
    return target ? [clamp(target[0], 0, lastRow), clamp(target[1], 0, lastColumn)] : null;
  }

  /**
   * Open the editor of a cell.
   *
   * @param {number} row
   * @param {number} column
   * @param {string} [typed] text that replaces the value
   */
  #edit(row, column, typed) {
    if (this.#editing) return;
    const cell = this.cells[row][column];
    const before = cell.value ?? 0;
    this.#editing = cell;
    editCell(cell.element, typed ?? String(before), typed === undefined, (value, refocus) => {
      this.#editing = null;
      cell.value = undefined; // the change below draws it
      cell.element.textContent = formatShort(before);
      if (value !== null && value !== before) this.onEdit?.(row, column, value);
      else cell.value = before;
      if (refocus) cell.element.focus();
    });
  }
}
