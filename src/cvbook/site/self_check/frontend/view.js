// The questions of a page, and the progress in the contents.

import { h } from "../../live/frontend/dom.js";
import {
  drawChoices,
  drawContents,
  drawFeedback,
  drawForm,
  findNumbers,
  markChoice,
} from "./draw.js";
import { countRight, keepRight, pageName, readProgress } from "./progress.js";
import { judgeChoice, judgeNumber, otherCase, parseNumber } from "./state.js";

/**
 * @import { Case, ChoiceQuestion, Judgement, NumberQuestion } from "./state.js"
 * @typedef {{ root: HTMLElement, feedback: HTMLElement, fold: HTMLDetailsElement | null,
 *   onRight: () => void }} Place
 */

/**
 * @param {Place} place
 * @param {Judgement} judgement
 */
function answer({ root, feedback, fold, onRight }, { isRight, reason }) {
  const reasons = root.querySelectorAll(".self-check-reasons > dd");
  const verdict = isRight ? "맞다. 풀이를 아래에 펼쳤다." : "틀렸다.";
  drawFeedback(feedback, verdict, reason === null ? null : reasons[reason]);
  feedback.className = `self-check-feedback ${isRight ? "self-check-right" : "self-check-wrong"}`;
  if (!isRight) return;
  if (fold) fold.open = true;
  onRight();
}

/**
 * @param {Place} place
 * @param {ChoiceQuestion} question
 * @param {Element} list
 */
function mountChoices(place, question, list) {
  const buttons = drawChoices(list, (choice) => {
    const judgement = judgeChoice(question, choice);
    markChoice(buttons, choice, judgement.isRight);
    answer(place, judgement);
  });
  list.after(place.feedback);
}

/**
 * Find what changes with other values: in the question the values, in the solution all numbers.
 *
 * @param {HTMLElement} root
 * @param {NumberQuestion} question
 * @param {HTMLElement} text
 * @param {HTMLElement | null} fold
 * @returns {(current: Case) => void}
 */
function findChanges(root, { values, cases }, text, fold) {
  const [{ shown }] = cases;
  const own = `#${root.id} .self-check-question > strong:first-child`;
  const inText = findNumbers(text, shown.slice(0, values), own);
  const inFold = fold && findNumbers(fold, shown, "dt, summary");
  const terms = [...root.querySelectorAll(".self-check-reasons > dt")];
  return (current) => {
    inText(current.shown);
    inFold?.(current.shown);
    for (const [index, { shown }] of current.wrong.entries()) terms[index].textContent = shown;
  };
}

/**
 * @param {Place} place
 * @param {NumberQuestion} question
 * @param {HTMLElement} text
 */
function mountNumber(place, question, text) {
  const { root, feedback, fold } = place;
  const { unit, cases } = question;
  const show = findChanges(root, question, text, fold);
  let current = 0;
  const onRedraw = () => {
    current = otherCase(cases.length, current, Math.random());
    show(cases[current]);
    if (fold) fold.open = false;
    input.value = "";
    feedback.replaceChildren();
    feedback.className = "self-check-feedback";
  };
  /** @param {string} written */
  const onAnswer = (written) => {
    const given = parseNumber(written);
    if (given !== null) return answer(place, judgeNumber(cases[current], given));
    drawFeedback(feedback, "수를 적는다. 예: 12, 0.5, 1/2", null);
    feedback.className = "self-check-feedback";
  };
  const { form, input } = drawForm(
    `${root.id}-answer`,
    unit,
    onAnswer,
    cases.length > 1 ? onRedraw : null,
  );
  text.setAttribute("aria-live", "polite"); // the question that other values make
  text.after(form, feedback);
}

/**
 * @param {HTMLElement} root
 * @param {boolean} wasRight before this visit
 * @param {() => void} onRight
 */
function mount(root, wasRight, onRight) {
  const data = JSON.parse(root.querySelector("script")?.textContent ?? "null");
  const text = root.querySelector(".self-check-question");
  const list = root.querySelector(".self-check-choices");
  if (!data || !(text instanceof HTMLElement)) return;
  const feedback = h("div", { class: "self-check-feedback", role: "status" });
  if (wasRight) drawFeedback(feedback, "전에 맞힌 문제다.", null);
  const place = { root, feedback, fold: root.querySelector("details"), onRight };
  if (list) mountChoices(place, data, list);
  else mountNumber(place, data, text);
}

const page = pageName(location.href);

function showProgress() {
  const progress = readProgress();
  drawContents((address) => {
    const record = progress[pageName(address)];
    return record ? { count: countRight(record), total: record.total } : null;
  });
}

const roots = [...document.querySelectorAll(".self-check")];
const before = readProgress()[page]?.right ?? [];
for (const [index, root] of roots.entries()) {
  if (!(root instanceof HTMLElement)) continue;
  mount(root, before.includes(index + 1), () => {
    keepRight(page, roots.length, index + 1);
    showProgress();
  });
}
showProgress();
addEventListener("storage", showProgress); // answered in another tab
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll(".self-check details")) {
    if (fold instanceof HTMLDetailsElement) fold.open = true;
  }
});
