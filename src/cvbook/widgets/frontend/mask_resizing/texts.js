// The texts of the widget in each language.

/**
 * @typedef {"guide" | "values" | "asTrimap" | "asTarget" | "size" | "row" | "column" | "pixel"
 *   | "before" | "nearest" | "bilinear" | "invented"} Label
 * @typedef {object} Messages
 * @property {[string, string, string]} names of body, background and border
 * @property {(row: number) => string} digits
 * @property {(row: number, column: number) => string} place
 * @property {(value: string) => string} taken
 * @property {(shares: string, mean: string, value: string) => string} averaged
 * @property {(count: number, animal: number) => string} result
 * @typedef {Record<Label, string> & Messages} Texts
 */

/** @type {Texts} */
const ko = {
  guide:
    "크기를 바꾸며 두 결과를 비교한다. 그림을 누르거나 행과 열을 옮겨 픽셀 하나를 고르면 그 값이 어디서 왔는지 나온다.",
  values: "보일 값",
  asTrimap: "트라이맵(1, 2, 3)",
  asTarget: "타깃(0, 1, 2)",
  size: "줄인 크기",
  row: "행",
  column: "열",
  pixel: "고른 픽셀",
  before: "트라이맵",
  nearest: "최근접 보간",
  bilinear: "쌍선형 보간",
  names: ["몸", "배경", "경계"],
  invented: "쌍선형 보간에서만 배경인 픽셀",
  digits: (row) => `${row}행의 값`,
  place: (row, column) => `${row}행 ${column}열`,
  taken: (value) => `최근접 보간은 한 픽셀의 값을 그대로 가져온다: ${value}.`,
  averaged: (shares, mean, value) =>
    `쌍선형 보간은 둘레의 값을 평균한다: ${shares}, 평균 ${mean}. 반올림하면 ${value}.`,
  result: (count, animal) =>
    `최근접 보간에서 몸이나 경계인 픽셀 ${animal}개 가운데 ${count}개가 쌍선형 보간에서는 배경이 된다.`,
};

/** @type {Texts} */
const en = {
  guide:
    "Change the size and compare both results. Point at a pixel, or move row and column: where does its value come from?",
  values: "Values",
  asTrimap: "trimap (1, 2, 3)",
  asTarget: "target (0, 1, 2)",
  size: "New size",
  row: "Row",
  column: "Column",
  pixel: "Chosen pixel",
  before: "Trimap",
  nearest: "Nearest",
  bilinear: "Bilinear",
  names: ["body", "background", "border"],
  invented: "background by bilinear only",
  digits: (row) => `Values of row ${row}`,
  place: (row, column) => `Row ${row}, column ${column}`,
  taken: (value) => `Nearest takes the value of one pixel: ${value}.`,
  averaged: (shares, mean, value) =>
    `Bilinear averages the values around: ${shares}, mean ${mean}. Rounded: ${value}.`,
  result: (count, animal) =>
    `Of ${animal} pixels of body or border by nearest, ${count} are background by bilinear.`,
};

export const TEXTS = { ko, en };
