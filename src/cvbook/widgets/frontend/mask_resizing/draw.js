// A mask as coloured pixels on the picture, and one row of it as digits.

import { h, svg } from "../shared/dom.js";
import { BACKGROUND } from "./state.js";

const NAMES = ["", "body", "background", "border"];

/**
 * @typedef {{ x: number, y: number, width: number, height: number }} Box
 * @typedef {object} Drawn
 * @property {number[][]} mask
 * @property {boolean[][]} [invented] pixels that are marked
 * @property {string} picture
 * @property {Box[]} boxes frames around pixels
 * @property {string} description for those who cannot see it
 */

/**
 * @param {SVGElement} plot
 * @param {Drawn} drawn
 */
export function drawMask(plot, { mask, invented, picture, boxes, description }) {
  const [height, width] = [mask.length, mask[0].length];
  const whole = { x: 0, y: 0, width, height };
  const shapes = mask.flatMap((line, y) => runs(line, invented?.[y]).map((run) => bar(run, y)));
  const photo = picture
    ? [svg("image", { href: picture, preserveAspectRatio: "none", ...whole })]
    : [];
  plot.setAttribute("viewBox", `0 0 ${width} ${height}`);
  plot.setAttribute("aria-label", description);
  plot.replaceChildren(
    svg("rect", { class: "ground", ...whole }),
    ...photo,
    svg("g", { class: "pixels" }, ...shapes),
    ...boxes.flatMap((box) => [
      svg("rect", { class: "halo", ...box }),
      svg("rect", { class: "frame", ...box }),
    ]),
  );
}

/**
 * Neighbours of one kind; the background is left out.
 *
 * @param {number[]} line
 * @param {boolean[]} [marked]
 */
function runs(line, marked) {
  const kinds = line.map((value, x) => (marked?.[x] ? "invented" : NAMES[value]));
  const starts = kinds.flatMap((kind, x) => (kind === kinds[x - 1] ? [] : [x]));
  return starts
    .map((x, n) => ({ x, width: (starts[n + 1] ?? line.length) - x, kind: kinds[x] }))
    .filter(({ kind }) => kind !== NAMES[BACKGROUND]);
}

/**
 * @param {ReturnType<typeof runs>[number]} run
 * @param {number} y
 */
const bar = ({ kind, x, width }, y) => svg("rect", { class: kind, x, y, width, height: 1 });

/**
 * @param {HTMLElement} line
 * @param {number[]} values
 * @param {boolean[] | null} marked
 * @param {number} column that is chosen
 */
export function drawDigits(line, values, marked, column) {
  const parts = values.map((value, x) => {
    const kinds = [marked?.[x] ? "invented" : "", x === column ? "chosen" : ""];
    const kind = kinds.filter(Boolean).join(" ");
    return kind ? h("b", { class: kind }, String(value)) : String(value);
  });
  line.replaceChildren(...parts);
  line.style.setProperty("--digits", String(values.length));
}
