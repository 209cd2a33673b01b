// Intersection over union, non-maximum suppression, and the average precision of what is left.

/**
 * @typedef {[number, number, number, number]} Box xmin, ymin, xmax, ymax
 * @typedef {object} State the traits of `NonMaxSuppression`
 * @property {Box[]} boxes
 * @property {number[]} scores
 * @property {Box[]} true_boxes
 * @property {string} picture
 * @property {[number, number]} size
 * @property {number} score_threshold
 * @property {number} nms_threshold
 * @property {number} iou_threshold
 * @property {number} selected
 * @typedef {object} Detection what becomes of one box
 * @property {number} index
 * @property {"kept" | "suppressed" | "low"} fate
 * @property {number} rival the kept box that suppresses it, or -1
 * @property {number} overlap the IoU with it
 * @property {number} object the object that it finds, or -1
 * @property {number} nearest the object that it overlaps most
 * @property {number} iou with that object
 */

/**
 * @param {Box} a
 * @param {Box} b
 */
export function iou(a, b) {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  const both = Math.max(width, 0) * Math.max(height, 0);
  const area = (/** @type {Box} */ [x0, y0, x1, y1]) => (x1 - x0) * (y1 - y0);
  const either = area(a) + area(b) - both;
  return either > 0 ? both / either : 0;
}

/** @param {number[]} values */
const largest = (values) => values.reduce((best, one, n) => (one > values[best] ? n : best), 0);

/**
 * What becomes of each detection, highest score first; of equal scores the earlier one first.
 *
 * @param {State} state
 * @returns {Detection[]}
 */
export function detect(state) {
  const { boxes, scores, true_boxes, score_threshold, nms_threshold, iou_threshold } = state;
  const order = scores.map((_, n) => n).sort((a, b) => scores[b] - scores[a] || a - b);
  /** @type {number[]} */
  const kept = [];
  const free = true_boxes.map(() => true);
  return order.map((index) => {
    const ious = true_boxes.map((box) => iou(boxes[index], box));
    const nearest = largest(ious);
    const seen = { index, nearest, iou: ious[nearest] ?? 0, rival: -1, overlap: 0, object: -1 };
    if (scores[index] < score_threshold) return { ...seen, fate: "low" };
    const overlaps = kept.map((other) => iou(boxes[index], boxes[other]));
    const rival = largest(overlaps);
    if (overlaps[rival] > nms_threshold) {
      return { ...seen, fate: "suppressed", rival: kept[rival], overlap: overlaps[rival] };
    }
    kept.push(index);
    const best = largest(ious.map((one, n) => (free[n] ? one : -1)));
    const finds = free[best] && ious[best] >= iou_threshold;
    if (finds) free[best] = false;
    return { ...seen, fate: "kept", object: finds ? best : -1 };
  });
}

/**
 * Precision, recall and average precision of the detections that are kept.
 *
 * @param {Detection[]} detections
 * @param {number} objects
 */
export function measure(detections, objects) {
  const kept = detections.filter(({ fate }) => fate === "kept");
  let found = 0;
  const curve = kept.map(({ object }, n) => {
    if (object >= 0) found++;
    return { precision: found / (n + 1), recall: found / objects };
  });
  // As COCO's evaluation does: the mean of the best precision at 101 recalls or above.
  const heights = Array.from({ length: 101 }, (_, hundredths) => {
    const after = curve.filter(({ recall }) => recall >= hundredths / 100);
    return Math.max(0, ...after.map(({ precision }) => precision));
  });
  const averagePrecision = heights.reduce((sum, one) => sum + one, 0) / heights.length;
  return { count: kept.length, found, curve, averagePrecision };
}

/**
 * A box moved so that its corner is there, within the picture where it fits.
 *
 * @param {Box} box
 * @param {number} axis 0 for x, 1 for y
 * @param {number} corner
 * @returns {Box}
 */
export function moveTo(box, axis, corner) {
  const by = corner - box[axis];
  const moved = box.map((value, n) => (n % 2 === axis ? value + by : value));
  return /** @type {Box} */ (moved);
}
