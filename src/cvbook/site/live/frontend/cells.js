// Live cells of a chapter: run, stop, edit, restore.

/**
 * @import { Editor } from "./editor.js"
 * @import { Cell, Manifest } from "./protocol.d.ts"
 * @typedef {{ id: string, index: number, name: string, source: string, setup: string,
 *   needs: number[], drawing: boolean }} CellData
 * @typedef {{ root: string, manifest: Manifest, cells: CellData[] }} PageData
 */

import { addStyle, h, readData } from "./dom.js";
import { absolute, Engine } from "./engine.js";
import { runIn } from "./runner.js";
import css from "./style.css";
import { loadingNote } from "./words.js";

/**
 * A cell whose output is not shown.
 *
 * @param {string} name
 * @param {string} source
 * @returns {Cell}
 */
const hidden = (name, source) => ({ name, source, shown: false, optional: false });

class LiveCell {
  /** @type {Editor | undefined} */
  #editor;

  /**
   * @param {CellData} data
   * @param {HTMLElement} element
   * @param {LivePage} page
   */
  constructor(data, element, page) {
    this.data = data;
    this.element = element;
    this.page = page;
    this.input = /** @type {HTMLElement} */ (element.querySelector(".cell_input"));
    this.code = /** @type {HTMLElement} */ (this.input.firstElementChild);
    this.stored = /** @type {HTMLElement[]} */ ([...element.querySelectorAll(".cell_output")]);
    const run = () => this.run();
    const title = "편집기에서는 Ctrl+Enter";
    this.runButton = h("button", { type: "button", class: "live-run", title, onclick: run });
    this.stopButton = h(
      "button",
      { type: "button", hidden: true, onclick: () => page.engine.stop() },
      "■ 멈춤",
    );
    this.editButton = h("button", { type: "button", onclick: () => this.edit() }, "고치기");
    this.restoreButton = h(
      "button",
      { type: "button", hidden: true, onclick: () => this.restore() },
      "↺ 되돌리기",
    );
    this.status = h("span", { role: "status" });
    this.output = h("div", { class: "cell_output live-output", hidden: true });
    this.bar = h(
      "div",
      { class: "live-bar", role: "group", "aria-label": data.name },
      this.runButton,
      this.stopButton,
      this.editButton,
      this.restoreButton,
      this.status,
    );
    this.#place();
    this.label();
  }

  /** After the code, even where it is folded. */
  #place() {
    let child = this.input;
    while (child.parentElement && child.parentElement !== this.element) child = child.parentElement;
    child.after(this.bar, this.output);
  }

  label() {
    const note = loadingNote(this.page.engine.manifest, this.data.drawing);
    this.runButton.textContent = note ? `▶ 실행 (${note})` : "▶ 실행";
  }

  get source() {
    return this.#editor?.text ?? this.data.source;
  }

  async run() {
    if (this.runButton.ariaDisabled === "true") return;
    for (const output of this.stored) output.hidden = true;
    this.restoreButton.hidden = false;
    const place = {
      status: this.status,
      output: this.output,
      stop: this.stopButton,
      start: [this.runButton],
    };
    await runIn(this.page.engine, place, this.page.cellsFor(this), this.data.drawing);
    this.page.label();
  }

  async edit() {
    if (!this.#editor) {
      const { createEditor } = await import("./editor.js");
      const height = this.code.offsetHeight;
      this.#editor = createEditor(this.source, `${this.data.name}의 코드`, {
        onRun: () => this.run(),
        onChange: () => {
          this.restoreButton.hidden = false;
        },
      });
      this.#editor.element.style.minHeight = `${height}px`;
      this.code.hidden = true;
      this.input.append(this.#editor.element);
      this.editButton.hidden = true;
    }
    const fold = this.input.closest("details");
    if (fold) fold.open = true;
    this.#editor.focus();
  }

  restore() {
    this.#editor?.element.remove();
    this.#editor = undefined;
    this.code.hidden = false;
    this.editButton.hidden = false;
    this.restoreButton.hidden = true;
    this.output.replaceChildren();
    this.output.hidden = true;
    this.status.textContent = "처음의 코드와 결과로 되돌렸습니다.";
    for (const output of this.stored) output.hidden = false;
    this.editButton.focus();
  }
}

class LivePage {
  /** @type {Map<number, LiveCell>} */
  #cells = new Map();

  /** @param {PageData} data */
  constructor({ root, manifest, cells }) {
    this.engine = new Engine(absolute(manifest, root));
    for (const cell of cells) {
      const element = document.getElementById(cell.id);
      if (element) this.#cells.set(cell.index, new LiveCell(cell, element, this));
    }
  }

  label() {
    for (const cell of this.#cells.values()) cell.label();
  }

  /**
   * A cell after those that it depends on, with their text as it is now.
   *
   * @param {LiveCell} cell
   * @returns {Cell[]}
   */
  cellsFor(cell) {
    const before = cell.data.needs.flatMap((index) => this.#cells.get(index) ?? []);
    return [
      hidden("준비", cell.data.setup),
      ...before.map(({ data, source }) => hidden(data.name, source)),
      { ...hidden(cell.data.name, cell.source), shown: true },
    ];
  }
}

addStyle(css);
new LivePage(readData("live-cells"));
