// The bridge between an anywidget model and a view.

import { h } from "./dom.js";

/** @typedef {"ko" | "en"} Lang */

/**
 * The interface between a view and its model.
 *
 * @template {object} State the traits of the model, by name
 * @typedef {object} Host
 * @property {HTMLElement} root where the view puts its elements
 * @property {Lang} lang
 * @property {() => State} read the present traits
 * @property {(changes: Partial<State>) => void} update writes traits to the model; a draw follows
 */

/**
 * @template {object} State
 * @typedef {{ draw: (state: State) => void, stop?: () => void }} View
 */

/**
 * Render a model: make its view, and draw it whenever traits change, at most once per turn of the
 * event loop.
 *
 * @template {object} State
 * @param {{ model: import("@anywidget/types").AnyModel, el: HTMLElement }} props as anywidget
 *   calls `render` with
 * @param {(keyof State & string)[]} traits
 * @param {(host: Host<State>) => View<State>} makeView
 * @returns {() => void} the clean-up that anywidget calls
 */
export function mount({ model, el }, traits, makeView) {
  let queued = false;
  const read = () =>
    /** @type {State} */ (Object.fromEntries(traits.map((name) => [name, model.get(name)])));
  const redraw = () => {
    if (queued) return;
    queued = true;
    queueMicrotask(() => {
      queued = false;
      view.draw(read());
    });
  };
  /** @type {(changes: Partial<State>) => void} */
  const update = (changes) => {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
    redraw();
  };
  const lang = model.get("lang") === "en" ? "en" : "ko";
  const root = h("div", { class: "cvbook-widget", lang });
  el.append(root);
  const view = makeView({ root, lang, read, update });
  view.draw(read());
  for (const name of traits) model.on(`change:${name}`, redraw);
  return () => {
    view.stop?.();
    for (const name of traits) model.off(`change:${name}`, redraw);
    root.remove();
  };
}
