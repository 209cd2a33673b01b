// The boxes on the picture, and the table of detections.

import { h, svg } from "../shared/dom.js";

/**
 * @import { Box, Detection, State } from "./state.js"
 * @import { Texts } from "./texts.js"
 */

/**
 * @param {Box} box
 * @param {string} kind
 */
const rectangle = ([x0, y0, x1, y1], kind) =>
  svg("rect", { class: kind, x: x0, y: y0, width: x1 - x0, height: y1 - y0 });

/**
 * @param {SVGElement} plot
 * @param {State} state
 * @param {Detection[]} detections
 * @param {string} description for those who cannot see it
 */
export function drawBoxes(plot, state, detections, description) {
  const { boxes, scores, true_boxes, picture, size, selected } = state;
  const [width, height] = size;
  const texts = [];
  const shapes = true_boxes.map((box) => rectangle(box, "true"));
  // The best ones last, on top of the others.
  for (const { index, fate } of [...detections].reverse()) {
    shapes.push(rectangle(boxes[index], fate));
    if (fate !== "kept") continue;
    const [x, y] = boxes[index];
    texts.push(svg("text", { x: x + 3, y: y + 13 }, scores[index].toFixed(2)));
  }
  if (boxes[selected]) shapes.push(rectangle(boxes[selected], "selected"));
  plot.setAttribute("viewBox", `0 0 ${width} ${height}`);
  plot.setAttribute("aria-label", description);
  plot.replaceChildren(
    svg("rect", { class: "ground", x: 0, y: 0, width, height }),
    ...(picture ? [svg("image", { href: picture, x: 0, y: 0, width, height })] : []),
    ...shapes,
    ...texts,
  );
}

/**
 * @param {HTMLElement} body of the table
 * @param {State} state
 * @param {Detection[]} detections
 * @param {Texts} t
 * @param {(index: number) => void} onSelect
 */
export function drawTable(body, { scores, selected }, detections, t, onSelect) {
  const focused = document.activeElement;
  const had = focused instanceof HTMLElement && body.contains(focused) ? focused.dataset.index : "";
  const rows = detections.map((detection) => {
    const { index, fate, rival, overlap, object, nearest, iou } = detection;
    const attributes = {
      type: "button",
      "aria-pressed": String(index === selected),
      "aria-label": t.select(scores[index].toFixed(2)),
      "data-index": index,
      onclick: () => onSelect(index),
    };
    const why = {
      low: t.low,
      suppressed: rival >= 0 ? t.suppressed(scores[rival].toFixed(2), overlap.toFixed(2)) : "",
      kept: t.kept,
    }[fate];
    const verdict = fate !== "kept" ? "" : object >= 0 ? t.found(object + 1) : t.false;
    return h(
      "tr",
      { class: fate },
      h("td", {}, h("button", attributes, scores[index].toFixed(2))),
      h("td", {}, why),
      h("td", {}, `${iou.toFixed(2)} (${t.object(nearest + 1)})`),
      h("td", {}, verdict),
    );
  });
  body.replaceChildren(...rows);
  const again = had && body.querySelector(`[data-index="${had}"]`);
  if (again instanceof HTMLElement) again.focus();
}
