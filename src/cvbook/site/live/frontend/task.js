// One task of an assignment: try the answer, test it, points.

/**
 * @import { Cell as RunCell } from "./protocol.d.ts"
 * @import { Cell, Notebook } from "./notebook.js"
 * @import { Engine } from "./engine.js"
 * @import { Storage } from "./storage.js"
 * @typedef {{ notebook: Notebook, setup: string, engine: Engine, storage: Storage, tasks: Task[],
 *   textOf: (id: string) => string, showPoints: () => void, showLoading: () => void,
 *   restore: (...ids: string[]) => void }} Assignment
 */

import { addBar } from "./bar.js";
import { h } from "./dom.js";
import { textOf } from "./notebook.js";
import { runIn } from "./runner.js";

const ELSEWHERE =
  "이 과제의 검사에는 Keras(TensorFlow)가 필요합니다. 여기에서 답을 쓴 뒤 노트북을 내려받아 JupyterLab에서 검사하세요.";
export const FREE_ELSEWHERE =
  "이 코드에는 Keras(TensorFlow)가 필요합니다. 노트북을 내려받아 JupyterLab에서 실행하세요.";

/** @param {string} text what can be done in JupyterLab only */
export const note = (text) => h("p", { class: "exercise-note" }, text);

export class Task {
  /** @type {{ id: string, source: string, points: number }[]} */
  tests;
  /** @type {ReturnType<typeof addBar> | undefined} */
  #place;

  /**
   * @param {Assignment} assignment
   * @param {string} name of the function
   * @param {Cell} cell of the answer
   * @param {boolean} live whether its tests run here
   */
  constructor(assignment, name, cell, live) {
    this.assignment = assignment;
    this.name = name;
    this.id = cell.id;
    this.live = live;
    this.tests = assignment.notebook.cells.flatMap((one) => {
      const marks = one.metadata.nbgrader;
      const own = marks?.grade && marks.grade_id.split("-")[0] === name;
      const source = textOf(one);
      // Of a hidden test the released notebook has a comment only.
      return own && live && source.includes("checks.visible")
        ? [{ id: one.id, source, points: marks.points ?? 0 }]
        : [];
    });
  }

  get answer() {
    return this.assignment.textOf(this.id);
  }

  get full() {
    return this.tests.reduce((sum, { points }) => sum + points, 0);
  }

  get points() {
    const { storage } = this.assignment;
    const passed = this.tests.filter(({ id }) => storage.hasPassed(id, this.answer));
    return passed.reduce((sum, { points }) => sum + points, 0);
  }

  /**
   * @param {HTMLElement} after
   * @param {string} tryId the cell with code to try
   */
  addBar(after, tryId) {
    if (this.#place) return;
    if (!this.live) {
      after.append(note(ELSEWHERE));
      return;
    }
    const actions = { "▶ 시험": () => this.tryOut(tryId), "✓ 검사": () => this.test() };
    const restore = () => this.assignment.restore(this.id, tryId);
    const label = `${this.name} 시험과 검사`;
    this.#place = addBar(after, label, this.assignment.engine, actions, restore);
  }

  showLoading() {
    this.#place?.showLoading();
  }

  get #busy() {
    return this.#place?.start[0].ariaDisabled === "true";
  }

  /**
   * Setup, the answers to the other tasks, and this one.
   *
   * @returns {RunCell[]}
   */
  #before() {
    const others = this.assignment.tasks.filter((task) => task !== this && task.live);
    return [
      { name: "준비", source: this.assignment.setup, shown: false, optional: false },
      ...others.map(({ name, answer }) => ({ name, source: answer, shown: false, optional: true })),
      { name: this.name, source: this.answer, shown: true, optional: false },
    ];
  }

  /** @param {string} id of the cell with the code to try */
  async tryOut(id) {
    if (!this.#place || this.#busy) return;
    const source = id === this.id ? "" : this.assignment.textOf(id);
    const cells = [...this.#before(), { name: "시험", source, shown: true, optional: false }];
    await runIn(this.assignment.engine, this.#place, cells, false);
    this.assignment.showLoading();
  }

  async test() {
    if (!this.#place || this.#busy) return;
    const { engine, storage } = this.assignment;
    const { output, status } = this.#place;
    const answer = this.answer;
    const messages = new DocumentFragment();
    const ends = [];
    for (const [index, { id }] of this.tests.entries()) {
      const end = await runIn(engine, this.#place, this.#testCells(index), false);
      messages.append(...output.childNodes);
      storage.writePassed(id, end === "ok" ? answer : undefined);
      ends.push(end);
      if (end !== "ok" && end !== "error") break;
    }
    output.replaceChildren(messages);
    const passed = ends.filter((end) => end === "ok").length;
    const told = `검사 ${this.tests.length}개 가운데 ${passed}개 통과, ${this.points}점.`;
    const ended = ends.every((end) => end === "ok" || end === "error");
    status.textContent = ended ? told : `${status.textContent} ${told}`;
    this.assignment.showLoading();
    this.assignment.showPoints();
  }

  /**
   * A test, and before it those that may define what it uses.
   *
   * @param {number} index
   * @returns {RunCell[]}
   */
  #testCells(index) {
    const tests = this.tests.slice(0, index + 1).map(({ source }, at) => ({
      name: "검사",
      source,
      shown: at === index,
      optional: at !== index,
    }));
    return [...this.#before(), ...tests];
  }
}
