// The field on the picture, and the table of layers.

import { h, svg } from "../shared/dom.js";
import { fields } from "./state.js";

/**
 * @import { State } from "./state.js"
 * @import { Texts } from "./texts.js"
 */

/**
 * @param {SVGElement} plot
 * @param {State} state
 * @param {string} description for those who cannot see it
 */
export function drawFields(plot, { layers, picture, side, step }, description) {
  const shown = fields(layers).slice(0, step + 1);
  const squares = shown.map(({ field }, n) =>
    svg("rect", {
      class: n === step ? "current" : "earlier",
      x: (side - field) / 2,
      y: (side - field) / 2,
      width: field,
      height: field,
    }),
  );
  plot.setAttribute("viewBox", `0 0 ${side} ${side}`);
  plot.setAttribute("aria-label", description);
  plot.replaceChildren(
    svg("rect", { class: "ground", x: 0, y: 0, width: side, height: side }),
    ...(picture ? [svg("image", { href: picture, x: 0, y: 0, width: side, height: side })] : []),
    ...squares,
  );
}

/**
 * @param {HTMLElement} body of the table
 * @param {State} state
 * @param {Texts} t
 */
export function drawTable(body, { layers, step }, t) {
  const found = fields(layers);
  const rows = layers.map(([kernelSize, strides], n) => {
    const [{ field, jump }, after] = [found[n], found[n + 1]];
    const sum = `${field} + (${kernelSize} − 1)·${jump} = ${after.field}`;
    const cells = [t.layer(n + 1), String(kernelSize), String(strides), sum, String(after.jump)];
    const current = n === step - 1;
    return h(
      "tr",
      { class: current ? "current" : "", "aria-current": current ? "step" : null },
      ...cells.map((text) => h("td", {}, text)),
    );
  });
  body.replaceChildren(...rows);
}
