// Text for screen readers only.

import { h, setText } from "./dom.js";

/** An element that is not shown: screen readers speak its text when it changes. */
export class LiveRegion {
  element = h("div", { role: "status", "aria-live": "polite", class: "cvbook-spoken" });
  /** @type {string | null} */
  #latest = null;

  /** @param {string} text */
  announce(text) {
    setText(this.element, text);
  }

  /**
   * Announce the text if it differs from that of the last update; the first one is silent, since
   * the reader has not changed anything yet.
   *
   * @param {string} text
   */
  update(text) {
    if (this.#latest !== null && this.#latest !== text) this.announce(text);
    this.#latest = text;
  }
}
