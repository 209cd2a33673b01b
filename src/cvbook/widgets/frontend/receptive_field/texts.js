// The texts of the widget in each language.

/**
 * @typedef {"guide" | "presets" | "step" | "kernelSize" | "strides" | "field" | "jump" | "name"
 *   | "change" | "add" | "remove"} Label
 * @typedef {object} Messages
 * @property {string[]} cases
 * @property {(layer: number) => string} layer
 * @property {(layers: number, field: number, jump: number, side: number) => string} result
 * @typedef {Record<Label, string> & Messages} Texts
 */

/** @type {Texts} */
const ko = {
  guide: "층을 하나씩 지나며 가운데 한 칸이 보는 정사각형이 얼마나 넓어지는지 본다.",
  presets: "예",
  cases: ["3×3만", "3×3, 보폭 2", "VGG16의 네 블록"],
  step: "지난 층",
  change: "이 층의",
  kernelSize: "필터",
  strides: "보폭",
  add: "층 더하기",
  remove: "끝 층 빼기",
  name: "층",
  field: "수용 영역의 한 변",
  jump: "칸의 거리",
  layer: (layer) => `${layer}층`,
  result: (layers, field, jump, side) =>
    `${layers}층 뒤: 한 칸이 ${field}×${field}픽셀을 보고, 이웃한 칸은 ${jump}픽셀 떨어져 있다.${
      field >= side ? ` 사진(${side}픽셀) 전체를 본다.` : ""
    }`,
};

/** @type {Texts} */
const en = {
  guide: "Go through the layers: how large is the square that the middle entry sees?",
  presets: "Stacks",
  cases: ["3×3 alone", "3×3, strides 2", "VGG16, four blocks"],
  step: "Layers passed",
  change: "This layer's",
  kernelSize: "kernel",
  strides: "strides",
  add: "Add a layer",
  remove: "Remove the last",
  name: "Layer",
  field: "Side of the field",
  jump: "Distance of neighbours",
  layer: (layer) => `layer ${layer}`,
  result: (layers, field, jump, side) =>
    `After ${layers} layers an entry sees ${field}×${field} pixels; neighbours are ${jump} apart.${
      field >= side ? ` It sees the whole picture (${side} pixels).` : ""
    }`,
};

export const TEXTS = { ko, en };
