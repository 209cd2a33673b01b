// The items of a rubric as buttons: all points of an item, or a part of them.

import { h, setAttribute } from "../../../widgets/frontend/shared/dom.js";
import { nextChoice, short } from "./state.js";

/** @typedef {import("./state.js").Item} Item */

export class RubricView {
  element = h("div", { class: "mark-rubric", role: "group", "aria-label": "채점 기준" });
  /** @type {import("./state.js").Chosen} */
  chosen = [];
  /** @type {Item[]} */
  #items = [];
  /** @type {{ points: number, button: HTMLButtonElement }[][]} */
  #buttons = [];

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
  }

  /**
   * @param {Item[]} items
   * @param {import("./state.js").Chosen} chosen
   */
  draw(items, chosen) {
    this.#items = items;
    this.chosen = chosen;
    this.#buttons = items.map((item, index) => this.#row(item, index));
    const rows = items.map((item, index) =>
      h(
        "div",
        { class: "mark-item" },
        h("p", { title: item.text }, h("kbd", {}, String(index + 1)), ` ${item.name}`),
        h("div", { class: "mark-levels" }, ...this.#buttons[index].map(({ button }) => button)),
      ),
    );
    this.element.replaceChildren(...rows);
    this.#press();
  }

  /**
   * @param {Item} item
   * @param {number} index
   */
  #row(item, index) {
    const levels = [
      { points: item.points, text: item.text },
      ...item.levels,
      ...(item.levels.some(({ points }) => points === 0) ? [] : [{ points: 0, text: "" }]),
    ];
    return levels.map(({ points, text }) => ({
      points,
      button: h(
        "button",
        { type: "button", title: text, onclick: () => this.#set(index, points) },
        `${short(points)}점`,
      ),
    }));
  }

  /**
   * @param {number} index
   * @param {number} points
   */
  #set(index, points) {
    this.chosen[index] = this.chosen[index] === points ? null : points;
    this.#press();
    this.onChange();
  }

  /**
   * Choose by key: all points of an item, or the next part of them.
   *
   * @param {number} index
   * @param {boolean} part
   */
  choose(index, part) {
    const item = this.#items[index];
    if (!item) return;
    this.chosen[index] = nextChoice(item, this.chosen[index], part);
    this.#press();
    this.onChange();
  }

  /**
   * Choose all points of every item, or none.
   *
   * @param {boolean} full
   * @param {() => void} otherwise where there is no rubric, or to be exact
   */
  chooseAll(full, otherwise) {
    this.chosen = this.#items.map(({ points }) => (full ? points : 0));
    this.#press();
    otherwise();
  }

  #press() {
    this.#buttons.forEach((row, index) => {
      for (const { points, button } of row) {
        setAttribute(button, "aria-pressed", this.chosen[index] === points);
      }
    });
  }
}
