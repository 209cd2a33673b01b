// The texts of the widget in each language.

/**
 * @typedef {"guide" | "score_threshold" | "nms_threshold" | "iou_threshold" | "x" | "y" | "score"
 *   | "fate" | "iou" | "verdict" | "low" | "kept" | "false" | "move" | "table" | "legend"
 *   | "restore"} Label
 * @typedef {object} Messages
 * @property {(score: string) => string} select
 * @property {(score: string, overlap: string) => string} suppressed
 * @property {(object: number) => string} object
 * @property {(object: number) => string} found
 * @property {(count: number, found: number, objects: number, ap: string) => string} result
 * @typedef {Record<Label, string> & Messages} Texts
 */

/** @type {Texts} */
const ko = {
  guide:
    "임계값을 바꾸며 어느 상자가 남고 AP가 어떻게 되는지 본다. 표에서 상자를 골라 옮기면 IoU가 바뀐다.",
  score_threshold: "점수의 임계값",
  nms_threshold: "억제의 임계값",
  iou_threshold: "찾은 것으로 세는 IoU",
  move: "고른 상자(굵은 테두리) 옮기기",
  x: "가로",
  y: "세로",
  restore: "처음 자리로",
  score: "점수",
  fate: "비최대 억제",
  iou: "정답과의 IoU",
  verdict: "판정",
  table: "점수가 높은 상자부터",
  legend: "파란 점선은 정답, 주황 실선은 남은 상자, 가는 점선은 버린 상자다.",
  low: "점수가 낮아 뺌",
  kept: "남김",
  false: "거짓 양성",
  select: (score) => `점수 ${score}인 상자 고르기`,
  suppressed: (score, overlap) => `버림: ${score}와 IoU ${overlap}`,
  object: (object) => `${object}번`,
  found: (object) => `참 양성(${object}번)`,
  result: (count, found, objects, ap) =>
    `상자 ${count}개가 남아 ${objects}개 가운데 ${found}개를 찾았다. AP ${ap}.`,
};

/** @type {Texts} */
const en = {
  guide: "Change the thresholds: which boxes are left, and what is AP? Select a box to move it.",
  score_threshold: "Score threshold",
  nms_threshold: "Suppression threshold",
  iou_threshold: "IoU that counts as found",
  move: "Move the selected box (bold)",
  x: "x",
  y: "y",
  restore: "Put it back",
  score: "Score",
  fate: "Suppression",
  iou: "IoU with object",
  verdict: "Verdict",
  table: "Boxes by falling score",
  legend: "Blue dashes: objects. Orange: boxes that are left. Thin dots: boxes that are not.",
  low: "score too low",
  kept: "kept",
  false: "false positive",
  select: (score) => `Select the box of score ${score}`,
  suppressed: (score, overlap) => `dropped: IoU ${overlap} with ${score}`,
  object: (object) => `no. ${object}`,
  found: (object) => `true positive (no. ${object})`,
  result: (count, found, objects, ap) =>
    `${count} boxes are left; they find ${found} of ${objects} objects. AP ${ap}.`,
};

export const TEXTS = { ko, en };
