// The elements of a question.

import { h } from "../../live/frontend/dom.js";
import { splitNumbers } from "./state.js";

/**
 * Make the texts of a list buttons.
 *
 * @param {Element} list
 * @param {(choice: number) => void} onChoice
 */
export function drawChoices(list, onChoice) {
  return [...list.children].map((item, index) => {
    const text = item.querySelector("p") ?? item;
    const mark = h("span", { class: "self-check-mark", "aria-hidden": "true" });
    const button = h("button", {
      type: "button",
      "aria-pressed": "false",
      onclick: () => onChoice(index),
    });
    button.append(mark, h("span", {}, ...text.childNodes));
    item.replaceChildren(button);
    return button;
  });
}

/**
 * Mark the choice that was made, by a sign besides the colour.
 *
 * @param {HTMLButtonElement[]} buttons
 * @param {number} choice
 * @param {boolean} isRight
 */
export function markChoice(buttons, choice, isRight) {
  for (const [index, button] of buttons.entries()) {
    button.setAttribute("aria-pressed", String(index === choice));
    button.className = index !== choice ? "" : isRight ? "self-check-right" : "self-check-wrong";
    const mark = button.querySelector(".self-check-mark");
    if (mark) mark.textContent = index !== choice ? "" : isRight ? "✓" : "✗";
  }
}

/**
 * @param {string} id
 * @param {string} unit
 * @param {(text: string) => void} onAnswer
 * @param {(() => void) | null} onRedraw for other values, if there are some
 */
export function drawForm(id, unit, onAnswer, onRedraw) {
  const input = h("input", { id, type: "text", inputmode: "text", autocomplete: "off", size: "9" });
  const form = h(
    "form",
    {
      class: "self-check-form",
      /** @param {Event} event */
      onsubmit: (event) => {
        event.preventDefault();
        onAnswer(input.value);
      },
    },
    h("label", { for: id }, unit ? `답(${unit})` : "답"),
    input,
    h("button", { type: "submit" }, "확인"),
  );
  if (onRedraw) form.append(h("button", { type: "button", onclick: onRedraw }, "다른 값으로"));
  return { form, input };
}

/**
 * Say how an answer is, with the reason if it is wrong.
 *
 * @param {HTMLElement} place
 * @param {string} verdict
 * @param {Element | null | undefined} reason
 */
export function drawFeedback(place, verdict, reason) {
  const copy = [...(reason?.cloneNode(true).childNodes ?? [])];
  place.replaceChildren(h("strong", {}, verdict), " ", ...copy);
}

/**
 * Find the numbers of a text that change.
 *
 * @param {Element} place
 * @param {string[]} shown
 * @param {string} fixed selector of elements with numbers that stay
 * @returns {(shown: string[]) => void} writes others in their places
 */
export function findNumbers(place, shown, fixed) {
  /** @type {{ node: Text, parts: (string | number)[] }[]} */
  const found = [];
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parts = splitNumbers(node.textContent ?? "", shown);
    if (parts.length > 1 && !node.parentElement?.closest(fixed)) {
      found.push({ node: /** @type {Text} */ (node), parts });
    }
  }
  return (others) => {
    for (const { node, parts } of found) {
      node.data = parts.map((part) => (typeof part === "number" ? others[part] : part)).join("");
    }
  };
}

/**
 * Show the progress at each chapter of the contents.
 *
 * @param {(address: string) => { count: number, total: number } | null} find
 */
export function drawContents(find) {
  for (const link of document.querySelectorAll(".bd-links a.reference")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const progress = find(link.href);
    link.querySelector(".self-check-progress")?.remove();
    if (!progress) continue;
    const { count, total } = progress;
    const said = `스스로 확인하기 ${total}개 중 ${count}개 맞힘`;
    link.append(
      h(
        "span",
        { class: "self-check-progress", title: said },
        h("span", { "aria-hidden": "true" }, `${count}/${total}`),
        h("span", { class: "self-check-said" }, said),
      ),
    );
  }
}
