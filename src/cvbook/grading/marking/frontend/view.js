// The widget `Marking`: one question, answer after answer.

import "./style.css";
import { h, setAttribute, setText } from "../../../widgets/frontend/shared/dom.js";
import { LiveRegion } from "../../../widgets/frontend/shared/live_region.js";
import { RubricView } from "./rubric.js";
import { compose, nextWaiting, parse, short, total } from "./state.js";

/**
 * @typedef {object} Group
 * @property {string[]} students
 * @property {string} html of the answer: escaped in Python, formulas as MathML
 * @property {string[]} links of each student, to Formgrader
 * @property {"waiting" | "again" | "done"} state
 * @property {number | null} score
 * @property {string} comment
 * @property {boolean} automatic
 *
 * @typedef {object} Task
 * @property {string} title
 * @property {number} points
 * @property {string} question
 * @property {string} model
 * @property {boolean} code
 * @property {import("./state.js").Item[]} rubric
 */

const KEYS =
  "숫자 1–9: 기준의 만점 주기·거두기 · Shift+숫자: 부분 점수 · F: 만점 · 0: 0점 · C: 의견 · P: 점수 · " +
  "Enter: 저장하고 다음 · ←→: 앞뒤로 · U: 다음 채점 전 · H: 이름 숨기기 · Esc: 입력에서 나오기";
const STATES = { waiting: "채점 전", again: "다시 볼 답", done: "채점함" };

/**
 * @param {Element} element
 * @param {string} html escaped in Python
 */
function setHtml(element, html) {
  if (element.getAttribute("data-html") === html) return;
  element.setAttribute("data-html", html);
  element.innerHTML = html;
}

class MarkingView {
  /** @param {import("@anywidget/types").AnyModel} model */
  constructor(model) {
    this.model = model;
    this.live = new LiveRegion();
    this.task = h("select", { "aria-label": "문제", onchange: () => this.#chooseTask() });
    this.progress = h("span", { class: "mark-progress" });
    this.hide = h("input", { type: "checkbox", onchange: () => this.#hideNames() });
    this.who = h("p", { class: "mark-who" });
    const tab = { target: "_blank", rel: "noopener" };
    this.formgrader = h("a", { class: "mark-formgrader", ...tab }, "Formgrader에서 열기");
    this.split = h("button", { type: "button", onclick: () => this.#send("split") }, "따로 채점");
    const scrolled = { tabindex: 0, role: "group", "aria-label": "답" };
    this.answer = h("div", { class: "mark-text mark-answer", ...scrolled });
    this.question = h("div", { class: "mark-text" });
    this.key = h("div", { class: "mark-text" });
    this.rubric = new RubricView(() => this.#changed());
    this.points = h("input", {
      ...{ type: "number", min: 0, step: "any", "aria-label": "점수" },
      oninput: () => this.#typed(),
    });
    this.maximum = h("span", {});
    this.free = h("textarea", { rows: 4, "aria-label": "의견", placeholder: "학생이 읽을 의견" });
    this.save = h("button", { type: "button", class: "mark-save", onclick: () => this.#save() });
    this.save.append("저장하고 다음 (Enter)");
    this.message = h("p", { class: "mark-message" });
    this.root = this.#layout();
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.shown = "";
    this.seen = model.get("saved").count;
  }

  #layout() {
    const step = (/** @type {number} */ by) => () => this.#go(this.model.get("current") + by);
    const head = h("div", { class: "mark-bar" }, this.task, this.progress);
    head.append(h("label", {}, this.hide, " 이름 숨기기"));
    const moves = h("div", { class: "mark-bar" });
    moves.append(
      h("button", { type: "button", onclick: step(-1) }, "← 앞"),
      h("button", { type: "button", onclick: step(1) }, "뒤 →"),
      h("button", { type: "button", onclick: () => this.#waiting() }, "다음 채점 전"),
      this.split,
      this.formgrader,
    );
    const folded = (/** @type {string} */ title, /** @type {Node} */ body) =>
      h("details", {}, h("summary", {}, title), body);
    const left = h("section", {}, this.who, this.answer, folded("문제", this.question));
    left.append(folded("모범 답과 채점 기준", this.key));
    const points = h("label", { class: "mark-points" }, "점수 ", this.points, this.maximum);
    const right = h("section", {}, this.rubric.element, points, this.free, this.save, this.message);
    const named = { class: "cvbook-mark", role: "region", "aria-label": "손으로 채점하기" };
    return h(
      "div",
      // Else JupyterLab takes the keys for its own commands.
      { ...named, tabindex: 0, "data-lm-suppress-shortcuts": "true", lang: "ko" },
      head,
      moves,
      h("div", { class: "mark-columns" }, left, right),
      h("p", { class: "mark-keys" }, KEYS),
      this.live.element,
    );
  }

  /** @returns {Task} */
  get #task() {
    return this.model.get("tasks")[this.model.get("task")];
  }

  /** @returns {Group[]} */
  get #groups() {
    return this.model.get("groups");
  }

  /** Draw what the model has; what was typed for the answer on the page stays. */
  draw() {
    const [task, groups] = [this.#task, this.#groups];
    const place = this.model.get("current");
    const saved = this.model.get("saved");
    if (saved.count !== this.seen) {
      this.seen = saved.count;
      setText(this.message, saved.error);
      this.live.announce(saved.error || "저장함");
      if (!saved.error) return this.#waiting();
    }
    this.#drawHead();
    const group = groups[place];
    if (!group) return;
    const names = this.model.get("hide_names")
      ? `익명 ${place + 1}`
      : `${group.students.join(", ")}`;
    const same = group.students.length > 1 ? ` – 같은 답 ${group.students.length}명` : "";
    setText(
      this.who,
      `${names}${same} · ${STATES[group.state]}${group.automatic ? " (답 없음)" : ""}`,
    );
    setAttribute(this.split, "style", group.students.length > 1 ? "" : "display: none");
    setAttribute(this.formgrader, "href", group.links[0]);
    setHtml(this.answer, group.html);
    this.answer.classList.toggle("code", task.code);
    const shown = JSON.stringify([
      this.model.get("task"),
      group.students,
      group.score,
      group.comment,
    ]);
    if (shown !== this.shown) this.#fill(group);
    this.shown = shown;
  }

  #drawHead() {
    const [task, groups] = [this.#task, this.#groups];
    /** @type {Task[]} */
    const tasks = this.model.get("tasks");
    const titles = tasks.map(({ title, points }) => `${title} (${short(points)}점)`);
    if (this.task.options.length !== tasks.length) {
      this.task.replaceChildren(
        ...titles.map((title, index) => h("option", { value: index }, title)),
      );
    }
    this.task.value = String(this.model.get("task"));
    const count = (/** @type {Group[]} */ some) => some.reduce((n, g) => n + g.students.length, 0);
    const done = count(groups.filter(({ state }) => state === "done"));
    const where = `${this.model.get("current") + 1}번째 답 / ${groups.length}`;
    setText(this.progress, `${where} · 학생 ${count(groups)}명 가운데 ${done}명 채점함`);
    this.hide.checked = this.model.get("hide_names");
    setHtml(this.question, task.question);
    setHtml(this.key, task.model);
    setText(this.maximum, ` / ${short(task.points)}`);
    setAttribute(this.points, "max", task.points);
  }

  /** @param {Group} group */
  #fill(group) {
    const { chosen, free } = parse(this.#task.rubric, group.comment);
    this.rubric.draw(this.#task.rubric, chosen);
    this.points.value = group.score === null ? "" : short(group.score);
    this.free.value = free;
    setText(this.message, "");
  }

  #changed() {
    this.points.value = short(Math.min(total(this.rubric.chosen), this.#task.points));
    this.live.announce(`${this.points.value}점`);
  }

  #typed() {
    setText(this.message, "");
  }

  #save() {
    if (this.points.value === "" || !this.points.checkValidity()) {
      setText(this.message, `0점에서 ${short(this.#task.points)}점 사이의 점수를 적습니다.`);
      this.points.focus();
      return;
    }
    const comment = compose(this.#task.rubric, this.rubric.chosen, this.free.value);
    this.#send("save", { score: Number(this.points.value), comment });
  }

  /**
   * @param {string} type
   * @param {object} more
   */
  #send(type, more = {}) {
    this.model.send({ type, group: this.model.get("current"), ...more });
    this.root.focus();
  }

  /** @param {number} place */
  #go(place) {
    const last = this.#groups.length - 1;
    this.model.set("current", Math.max(0, Math.min(place, last)));
    this.model.save_changes();
    this.draw();
    this.root.focus();
    this.live.announce(this.who.textContent ?? "");
  }

  #waiting() {
    this.#go(nextWaiting(this.#groups, this.model.get("current")));
  }

  #chooseTask() {
    this.model.set("task", Number(this.task.value));
    this.model.save_changes();
  }

  #hideNames(hidden = this.hide.checked) {
    this.model.set("hide_names", hidden);
    this.model.save_changes();
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {Element} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return this.root.focus();
    if (target.matches("input, textarea, select, summary")) {
      if (event.key !== "Enter" || event.shiftKey || !target.matches("input")) return;
    } else if (target.matches("button") && [" ", "Enter"].includes(event.key)) return;
    const act = this.#action(event);
    if (!act) return;
    event.preventDefault();
    act();
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {(() => void) | undefined}
   */
  #action({ key, code, shiftKey }) {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code);
    if (digit) return () => this.rubric.choose(Number(digit[1]) - 1, shiftKey);
    /** @type {Record<string, () => void>} */
    const actions = {
      Enter: () => this.#save(),
      ArrowRight: () => this.#go(this.model.get("current") + 1),
      ArrowLeft: () => this.#go(this.model.get("current") - 1),
      KeyU: () => this.#waiting(),
      KeyF: () => this.rubric.chooseAll(true, () => this.#points(this.#task.points)),
      Digit0: () => this.rubric.chooseAll(false, () => this.#points(0)),
      KeyC: () => this.free.focus(),
      KeyP: () => this.points.focus(),
      KeyH: () => this.#hideNames(!this.model.get("hide_names")),
    };
    return actions[code] ?? actions[key];
  }

  /** @param {number} value */
  #points(value) {
    this.points.value = short(value);
    this.live.announce(`${this.points.value}점`);
  }
}

/** @param {{ model: import("@anywidget/types").AnyModel, el: HTMLElement }} props */
function render({ model, el }) {
  const view = new MarkingView(model);
  el.append(view.root);
  view.draw();
  const traits = ["tasks", "task", "groups", "current", "hide_names", "saved"];
  let queued = false;
  const redraw = () => {
    if (queued) return;
    queued = true;
    queueMicrotask(() => {
      queued = false;
      view.draw();
    });
  };
  for (const name of traits) model.on(`change:${name}`, redraw);
  return () => {
    for (const name of traits) model.off(`change:${name}`, redraw);
    view.root.remove();
  };
}

export default { render };
