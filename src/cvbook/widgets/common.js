// Shared by all widgets; Python puts this text in front of each widget's own module.

/** Make an element: h("p", {class: "note", onclick: f}, "text", child). */
function h(tag, attributes = {}, ...children) {
  const svg = ["svg", "g", "rect", "line", "path", "text", "circle"].includes(tag);
  const element = svg
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** Write only what changed: reading is cheap, laying out again is not. */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
function attribute(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** A number as people write it: at most three decimals, a true minus sign. */
function number(value) {
  const rounded = Math.round(value * 1000) / 1000;
  return String(Object.is(rounded, -0) ? 0 : rounded).replace("-", "\u2212");
}

/** The same in at most five characters, which a cell of a grid has room for. */
function brief(value) {
  const size = Math.abs(value);
  const digits = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
  const text = size < (value < 0 ? 999.5 : 9999.5) ? String(Number(value.toFixed(digits))) : value.toExponential(0).replace("+", "");
  return text === "-0" ? "0" : text.replace("-", "\u2212");
}

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/**
 * A table of numbers with the keyboard of the ARIA grid pattern: arrows, Home/End (with Ctrl for
 * the corners); where editable, Enter, F2, a double click or a digit starts editing, Enter keeps,
 * Escape gives up. `point(row, column)` is told what is pointed at or focused, `point(null)` when
 * nothing is.
 */
class Grid {
  constructor({ label, name, edit, point, kind }) {
    Object.assign(this, { name, edit, point });
    this.cells = [];
    this.at = [0, 0];
    this.element = h("div", { role: "grid", class: `cvbook-grid ${kind}`, "aria-label": label });
    if (!edit) this.element.setAttribute("aria-readonly", "true");
    const told = (handler) => (event) => {
      const cell = event.target.closest?.('[role="gridcell"]');
      if (cell) handler(Number(cell.dataset.row), Number(cell.dataset.column), event);
    };
    const on = (type, handler) => this.element.addEventListener(type, told(handler));
    on("pointerover", (row, column, event) =>
      event.pointerType === "mouse" && point?.(row, column, false));
    this.element.addEventListener("pointerleave", (event) =>
      event.pointerType === "mouse" && point?.(null));
    on("focusin", (row, column) => {
      this.#rove(row, column);
      point?.(row, column, true);
    });
    this.element.addEventListener("focusout", (event) => {
      if (!this.element.contains(event.relatedTarget)) point?.(null, null, true);
    });
    on("keydown", (row, column, event) => this.#key(row, column, event));
    if (edit) on("dblclick", (row, column) => this.#open(row, column, null));
    // On a phone there is no double click: a second tap on the chosen cell edits it.
    if (edit) on("click", (row, column, event) => {
      const cell = this.cells[row][column];
      if (this.tapped === cell && event.pointerType === "touch") this.#open(row, column, null);
      this.tapped = cell;
    });
  }

  /** Show `values`; `look(row, column)` gives the cell's classes and `heat` its tint 0…0.4. */
  draw(values, look = () => "", heat = () => 0) {
    if (this.cells.length !== values.length || this.cells[0]?.length !== values[0].length) {
      this.#build(values.length, values[0].length);
    }
    let long = false;
    values.forEach((line, row) => line.forEach((value, column) => {
      const cell = this.cells[row][column];
      if (cell === this.editing) return;
      if (cell.shown !== value) {
        cell.shown = value;
        const shown = brief(value);
        cell.long = shown.replace(".", "").length > 3;
        if (cell.firstChild?.nodeType === Node.TEXT_NODE) cell.firstChild.data = shown;
        else cell.textContent = shown;
        cell.setAttribute("aria-label", this.name(row, column, number(value)));
      }
      // Tints are classes in steps of 4 %: cells of one class share their computed style.
      const classes = `tint${Math.round(heat(row, column) * 25)} ${look(row, column)}`;
      if (cell.look !== classes) cell.className = cell.look = classes;
      long ||= cell.long;
    }));
    this.element.classList.toggle("long", long);
  }

  /** Take every cell for changed: what its value means has changed. */
  forget() {
    for (const cell of this.cells.flat()) cell.shown = undefined;
  }

  #build(rows, columns) {
    const focused = this.element.contains(document.activeElement);
    this.cells = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) =>
        h("div", { role: "gridcell", tabindex: -1, "data-row": row, "data-column": column })));
    this.element.style.setProperty("--columns", columns);
    this.element.classList.toggle("dense", columns > 10);
    this.element.setAttribute("aria-rowcount", rows);
    this.element.setAttribute("aria-colcount", columns);
    this.element.replaceChildren(
      ...this.cells.map((line) => h("div", { role: "row" }, ...line)));
    this.at = [Math.min(this.at[0], rows - 1), Math.min(this.at[1], columns - 1)];
    this.#cell().tabIndex = 0;
    if (focused) this.#cell().focus();
  }

  #cell() {
    return this.cells[this.at[0]][this.at[1]];
  }

  #rove(row, column) {
    this.#cell().tabIndex = -1;
    this.at = [row, column];
    this.#cell().tabIndex = 0;
  }

  #key(row, column, event) {
    if (this.editing) return;
    const [lastRow, lastColumn] = [this.cells.length - 1, this.cells[0].length - 1];
    const goal = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? lastRow : row, lastColumn],
    }[event.key];
    if (goal) {
      this.#rove(clamp(goal[0], 0, lastRow), clamp(goal[1], 0, lastColumn));
      this.#cell().focus();
    } else if (this.edit && (event.key === "Enter" || event.key === "F2")) {
      this.#open(row, column, null);
    } else if (this.edit && /^[-\d.]$/.test(event.key) && !event.ctrlKey && !event.metaKey) {
      this.#open(row, column, event.key);
    } else return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab and the page have keys of their own
  }

  #open(row, column, typed) {
    if (this.editing) return;
    const cell = (this.editing = this.cells[row][column]);
    const field = h("input", {
      type: "text", inputmode: "text", value: typed ?? String(cell.shown),
      "aria-label": cell.getAttribute("aria-label"),
    });
    let done = false;
    const close = (keep, refocus) => {
      if (done) return;
      done = true;
      this.editing = null;
      const value = Number(field.value.trim().replace("\u2212", "-").replace(",", "."));
      const before = cell.shown;
      cell.shown = undefined; // drawn anew below or by the change
      const good = keep && field.value.trim() !== "" && Number.isFinite(value);
      cell.textContent = brief(before);
      if (good && value !== before) this.edit(row, column, value);
      else cell.shown = before;
      if (refocus) cell.focus();
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
    if (typed == null) field.select();
    else field.setSelectionRange(typed.length, typed.length);
  }
}

/** A row of buttons of which one is pressed. `options` are [value, text]. */
function choice(label, options, choose) {
  const buttons = options.map(([value, text]) =>
    h("button", { type: "button", onclick: () => choose(value) }, text));
  const element = h("div", { role: "group", class: "cvbook-choice", "aria-label": label },
    h("span", { class: "cvbook-label", "aria-hidden": "true" }, label), ...buttons);
  const draw = (chosen) => buttons.forEach((button, index) =>
    attribute(button, "aria-pressed", options[index][0] === chosen));
  return { element, draw };
}

/** A number between − and + buttons. */
function stepper(label, low, high, choose, values = null) {
  const shown = h("span", { class: "cvbook-value" });
  const at = () => Number(shown.textContent);
  const next = (by) => values
    ? values[clamp(values.findIndex((value) => value >= at()) + by, 0, values.length - 1)]
    : clamp(at() + by, low, high);
  const button = (text, by, name) =>
    h("button", { type: "button", "aria-label": `${label} ${name}`,
      onclick: () => choose(next(by)) }, text);
  const less = button("\u2212", -1, "\u22121"), more = button("+", 1, "+1");
  const element = h("div", { role: "group", class: "cvbook-stepper", "aria-label": label },
    h("span", { class: "cvbook-label", "aria-hidden": "true" }, label), less, shown, more);
  const draw = (value) => {
    put(shown, String(value));
    // aria-disabled keeps the focus where it is when the end is reached.
    attribute(less, "aria-disabled", value <= low);
    attribute(more, "aria-disabled", value >= high);
  };
  return { element, draw };
}

/** A native slider with its value beside it; it moves along `values` where they are given. */
function slider(label, low, high, step, choose, values = null) {
  const shown = h("span", { class: "cvbook-value" });
  const range = values ? { min: 0, max: values.length - 1, step: 1 } : { min: low, max: high, step };
  const field = h("input", { type: "range", ...range, "aria-label": label,
    oninput: () => choose(values ? values[field.value] : Number(field.value)) });
  const element = h("label", { class: "cvbook-slider" },
    h("span", { class: "cvbook-label" }, label), field, shown);
  const draw = (value, text = number(value)) => {
    const place = values ? values.findIndex((one) => one >= value) : value;
    if (Number(field.value) !== place) field.value = place;
    attribute(field, "aria-valuetext", text);
    put(shown, text);
  };
  return { element, draw };
}

/** Text for screen readers only, spoken when it changes. */
const liveRegion = () => h("div", { role: "status", "aria-live": "polite", class: "cvbook-spoken" });

/**
 * Mount a widget: `build(el, update)` makes its elements and returns `draw`; `update` writes to
 * the model. Draws once per turn however many properties change. Returns the clean-up.
 */
function mount({ model, el }, names, build) {
  let queued = false;
  const state = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const redraw = () => {
    if (queued) return;
    queued = true;
    queueMicrotask(() => {
      queued = false;
      draw(state());
    });
  };
  const update = (changes) => {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
    redraw();
  };
  const root = h("div", { class: "cvbook-widget", lang: model.get("lang") });
  el.append(root);
  const { draw, stop } = build(root, update, state);
  draw(state());
  for (const name of names) model.on(`change:${name}`, redraw);
  return () => {
    stop?.();
    for (const name of names) model.off(`change:${name}`, redraw);
    root.remove();
  };
}
