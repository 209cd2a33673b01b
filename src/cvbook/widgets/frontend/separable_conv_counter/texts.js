// The texts of the widget in each language.

/**
 * @typedef {"kernel_size" | "channels" | "filters" | "size" | "bias" | "off" | "on" | "presets"
 *   | "params" | "macs" | "depthwise" | "pointwise" | "biased" | "guide"} Label
 * @typedef {object} Messages
 * @property {string[]} cases
 * @property {(part: string, rest: string) => string} ratio
 * @property {(value: string) => string} theory
 * @property {(part: string) => string} macsRatio
 * @typedef {Record<Label, string> & Messages} Texts
 */

/** @type {Texts} */
const ko = {
  guide: "값을 바꾸며 막대의 길이를 견주어 본다. 두 층의 차이는 무엇이 커질 때 벌어지는가?",
  kernel_size: "필터 크기",
  channels: "입력 채널",
  filters: "필터 수",
  size: "그림 크기",
  presets: "강의의 예",
  cases: ["경우 1: 3채널", "경우 2: 10채널"],
  ratio: (part, rest) => `분리 합성곱의 파라미터는 보통 합성곱의 ${part}배이다${rest}.`,
  theory: (value) => ` (1/필터 수 + 1/필터 크기² = ${value})`,
  macsRatio: (part) => `계산량은 ${part}배이다.`,
  bias: "편향",
  off: "없음",
  on: "있음",
  params: "파라미터",
  macs: "계산량(MAC)",
  depthwise: "깊이별",
  pointwise: "점별",
  biased: "편향",
};

/** @type {Texts} */
const en = {
  guide: "Change a value and compare the bars: what makes the two layers differ more?",
  kernel_size: "Kernel size",
  channels: "Input channels",
  filters: "Filters",
  size: "Picture size",
  presets: "The lecture's",
  cases: ["Case 1: 3 channels", "Case 2: 10 channels"],
  ratio: (part, rest) => `The separable layer has ${part} times the parameters${rest}.`,
  theory: (value) => ` (1/filters + 1/kernel size² = ${value})`,
  macsRatio: (part) => `It takes ${part} times the operations.`,
  bias: "Bias",
  off: "no",
  on: "yes",
  params: "Parameters",
  macs: "MACs",
  depthwise: "depthwise",
  pointwise: "pointwise",
  biased: "bias",
};

export const TEXTS = { ko, en };
