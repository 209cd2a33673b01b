// An assignment on the page: editors, tests, points, and the notebook that is handed in.

/**
 * @import { Manifest } from "./protocol.d.ts"
 * @import { Notebook } from "./notebook.js"
 * @typedef {{ root: string, manifest: Manifest, name: string, notebook: Notebook, setup: string }}
 *   PageData
 */

import { addBar } from "./bar.js";
import { addStyle, h, readData } from "./dom.js";
import { createEditor } from "./editor.js";
import { absolute, Engine } from "./engine.js";
import exerciseCss from "./exercise.css";
import { answersIn, textOf, withAnswers } from "./notebook.js";
import { runIn } from "./runner.js";
import { Storage } from "./storage.js";
import css from "./style.css";
import { FREE_ELSEWHERE, note, Task } from "./task.js";

class Assignment {
  /** @type {Task[]} */
  tasks = [];
  /** @type {Map<string, (text: string) => void>} */
  #setters = new Map();
  /** @type {Map<string, ReturnType<typeof addBar>>} */
  #free = new Map();
  /** @type {Task | undefined} */
  #untried;

  /** @param {PageData} data */
  constructor({ root, manifest, name, notebook, setup }) {
    this.name = name;
    this.notebook = notebook;
    this.setup = setup;
    this.engine = new Engine(absolute(manifest, root));
    this.storage = new Storage(name);
    for (const place of this.#places("exercise-answer, .exercise-try")) this.#addEditor(place);
    for (const place of this.#places("exercise-written")) this.#addText(place);
    this.#addBar();
    this.showPoints();
  }

  /** @param {string} name */
  #places(name) {
    return /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`.${name}`));
  }

  /** @param {HTMLElement} place */
  #addEditor(place) {
    const cell = this.notebook.cells[Number(place.dataset.cell)];
    const name = cell.metadata.nbgrader?.grade_id;
    const task = name ? new Task(this, name, cell, place.dataset.kind === "live") : this.#untried;
    this.#untried = name ? task : undefined;
    if (name && task) this.tasks.push(task);
    const label = name ? `${name}의 답` : "시험해 보는 코드";
    const editor = createEditor(this.textOf(cell.id), label, {
      onRun: () => (task ? task.tryOut(cell.id) : this.#runFree(cell.id)),
      onChange: (text) => {
        this.storage.write(cell.id, text);
        this.showPoints();
      },
    });
    this.#setters.set(cell.id, editor.replace);
    place.replaceChildren(h("div", { class: "exercise-editor" }, editor.element));
    if (!name && task) task.addBar(place, cell.id);
    else if (!name && place.dataset.kind === "live") this.#addFree(place, cell.id);
    else if (!name) place.append(note(FREE_ELSEWHERE));
  }

  /**
   * Code at the end that belongs to no task.
   *
   * @param {HTMLElement} place
   * @param {string} id
   */
  #addFree(place, id) {
    const run = { "▶ 실행": () => this.#runFree(id) };
    const bar = addBar(place, "자유롭게 쓰는 코드", this.engine, run, () => this.restore(id));
    this.#free.set(id, bar);
  }

  /** @param {string} id */
  async #runFree(id) {
    const place = this.#free.get(id);
    if (!place || place.start[0].ariaDisabled === "true") return;
    const answers = this.tasks.filter((task) => task.live);
    const cells = [
      { name: "준비", source: this.setup, shown: false, optional: false },
      ...answers.map(({ name, answer }) => ({
        name,
        source: answer,
        shown: false,
        optional: true,
      })),
      { name: "코드", source: this.textOf(id), shown: true, optional: false },
    ];
    const drawing = this.textOf(id).includes("matplotlib");
    await runIn(this.engine, place, cells, drawing);
    this.showLoading();
  }

  /** @param {HTMLElement} place */
  #addText(place) {
    const cell = this.notebook.cells[Number(place.dataset.cell)];
    const area = h("textarea", { rows: "6", "aria-label": "서술형의 답" });
    area.value = this.textOf(cell.id);
    area.addEventListener("input", () => this.storage.write(cell.id, area.value));
    this.#setters.set(cell.id, (text) => {
      area.value = text;
      this.storage.write(cell.id, text);
    });
    place.replaceChildren(area);
  }

  #addBar() {
    this.points = h("p", { id: "exercise-points", role: "status" });
    this.said = h("span", { role: "status" });
    const upload = h("input", {
      type: "file",
      accept: ".ipynb",
      hidden: true,
      onchange: () => this.#upload(upload),
    });
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) =>
      h("button", { type: "button", onclick }, text);
    document.getElementById("exercise-bar")?.replaceChildren(
      this.points,
      h(
        "div",
        { class: "live-bar" },
        button("노트북 내려받기", () => this.#download()),
        button("올리기", () => upload.click()),
        upload,
        this.said,
      ),
    );
  }

  /**
   * The text of a cell as the reader has it.
   *
   * @param {string} id
   */
  textOf(id) {
    const cell = this.notebook.cells.find((one) => one.id === id);
    return this.storage.read(id) ?? (cell ? textOf(cell) : "");
  }

  showPoints() {
    if (!this.points) return;
    const sum = (/** @type {number[]} */ values) => values.reduce((a, b) => a + b, 0);
    const own = sum(this.tasks.map((task) => task.points));
    const here = sum(this.tasks.map((task) => task.full));
    const all = this.notebook.cells.map(({ metadata }) => metadata.nbgrader?.points ?? 0);
    const keras = this.tasks.every(({ live }) => live) ? "" : ", Keras 과제";
    this.points.textContent =
      `지금까지 ${own}점. 이 쪽의 검사로 얻을 수 있는 점수는 ${here}점이고, ` +
      `나머지 ${sum(all) - here}점은 숨은 검사와 서술형${keras}에 있고, 제출한 뒤에 매겨집니다.`;
  }

  /** What a first run loads, on the buttons. */
  showLoading() {
    for (const part of [...this.tasks, ...this.#free.values()]) part.showLoading();
  }

  /**
   * Bring back texts as released.
   *
   * @param {...string} ids
   */
  restore(...ids) {
    for (const cell of this.notebook.cells) {
      if (ids.includes(cell.id)) this.#setters.get(cell.id)?.(textOf(cell));
    }
  }

  #download() {
    const content = withAnswers(this.notebook, this.storage.answers());
    const url = URL.createObjectURL(new Blob([content], { type: "application/x-ipynb+json" }));
    h("a", { href: url, download: `${this.name}.ipynb` }).click();
    setTimeout(() => URL.revokeObjectURL(url));
    this.#say(
      "답이 든 노트북을 내려받았습니다. 이 파일을 제출하거나 JupyterLab에서 이어서 푸세요.",
    );
  }

  /** @param {HTMLInputElement} input */
  async #upload(input) {
    const [file] = input.files ?? [];
    if (!file) return;
    try {
      const answers = answersIn(this.notebook, await file.text());
      for (const [id, text] of Object.entries(answers)) this.#setters.get(id)?.(text);
      this.#say(`${file.name}의 답을 불러왔습니다.`);
    } catch (error) {
      this.#say(`불러오지 못했습니다. ${error instanceof Error ? error.message : error}`);
    }
    input.value = "";
  }

  /** @param {string} text */
  #say(text) {
    if (this.said) this.said.textContent = text;
  }
}

addStyle(css + exerciseCss);
new Assignment(readData("exercise-data"));
