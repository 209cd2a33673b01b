// Elements, and the outputs of a run.

/** @import { Output } from "./protocol.d.ts" */

/**
 * Create an element: `h("p", { class: "note", onclick: f }, "text", child)`.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | ((event: any) => void)>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * Read the JSON that the build wrote into the page.
 *
 * @param {string} id
 */
export function readData(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null");
}

/** @param {string} css */
export function addStyle(css) {
  document.head.append(h("style", {}, css));
}

/**
 * Append outputs below those there are.
 *
 * @param {HTMLElement} place
 * @param {Output[]} outputs
 */
export function appendOutputs(place, outputs) {
  for (const output of outputs) {
    const last = place.lastElementChild;
    if (output.kind === "figure") {
      const url = URL.createObjectURL(new Blob([output.content], { type: "image/png" }));
      const release = () => URL.revokeObjectURL(url);
      place.append(h("img", { src: url, alt: "실행하여 그린 그림", onload: release }));
    } else if (output.kind === "html") {
      const html = h("div", { class: "live-html" });
      html.innerHTML = output.content;
      place.append(html);
    } else if (last instanceof HTMLPreElement && last.dataset.kind === output.kind) {
      last.append(output.content);
    } else {
      place.append(h("pre", { "data-kind": output.kind, tabindex: "0" }, output.content));
    }
  }
}
