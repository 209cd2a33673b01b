// The texts of the widget in each language.

import { stridesArgument } from "./state.js";

/**
 * @typedef {"size" | "channels" | "filters" | "strides" | "padding" | "pooling" | "off" | "on"
 *   | "shortcut" | "branch" | "identity" | "conv" | "shortcut_filters" | "shortcut_strides"
 *   | "block" | "input" | "guide" | "ask" | "fix" | "copy" | "copied"} Label
 * @typedef {object} Messages
 * @property {(a: number, b: number) => string} sizes
 * @property {(a: number, b: number) => string} depths
 * @property {string} usePadding
 * @property {string} useIdentity
 * @property {(filters: number, strides: number) => string} useConv
 * @typedef {Record<Label | import("./state.js").Verdict, string> & Messages} Texts
 */

/** @type {Texts} */
const ko = {
  size: "입력 크기",
  channels: "입력 채널",
  filters: "필터 수",
  strides: "보폭",
  padding: "패딩",
  pooling: "맥스풀링",
  off: "없음",
  on: "있음",
  shortcut: "지름길",
  branch: "연결",
  identity: "그대로",
  conv: "1×1 합성곱",
  shortcut_filters: "1×1 필터 수",
  shortcut_strides: "1×1 보폭",
  block: "블록",
  input: "입력",
  right: "✓ 더할 수 있다. 두 모양이 같다.",
  wrong: "✕ 더할 수 없다.",
  broadcast:
    "⚠ 오류 없이 더해지지만 잘못되었다. 채널이 1인 쪽이 모든 채널에 되풀이해 더해진다(브로드캐스팅).",
  sizes: (a, b) => ` 가로세로가 다르다(${a} 대 ${b}).`,
  depths: (a, b) => ` 채널이 다르다(${a} 대 ${b}).`,
  usePadding: "고치는 법: 어떤 보폭으로도 맞출 수 없으니 블록의 패딩을 same으로 바꾼다.",
  useIdentity: "고치는 법: 모양이 이미 같으니 입력을 그대로 더한다.",
  useConv: (f, s) => `고치는 법: 지름길에 Conv2D(${f}, 1${stridesArgument(s)})를 둔다.`,
  guide: "블록과 지름길의 설정을 바꾸며 두 끝의 모양이 언제 같은지 찾아본다.",
  ask: "고치는 법 보기",
  fix: "고치기",
  copy: "코드 복사",
  copied: "복사했다",
};

/** @type {Texts} */
const en = {
  size: "Input size",
  channels: "Input channels",
  filters: "Filters",
  strides: "Strides",
  padding: "Padding",
  pooling: "Max pooling",
  off: "no",
  on: "yes",
  shortcut: "Shortcut",
  branch: "Branch",
  identity: "as it is",
  conv: "1×1 convolution",
  shortcut_filters: "1×1 filters",
  shortcut_strides: "1×1 strides",
  block: "Block",
  input: "Input",
  right: "✓ They can be added: the shapes are equal.",
  wrong: "✕ They cannot be added.",
  broadcast:
    "⚠ Added without an error, yet wrong: the single channel is repeated for all (broadcasting).",
  sizes: (a, b) => ` Height and width differ: ${a} and ${b}.`,
  depths: (a, b) => ` Channels differ: ${a} and ${b}.`,
  usePadding: "Remedy: no stride fits; set the block's padding to same.",
  useIdentity: "Remedy: the shapes are equal already; add the input as it is.",
  useConv: (f, s) => `Remedy: put Conv2D(${f}, 1${stridesArgument(s)}) on the shortcut.`,
  guide:
    "Change the settings of the block and the shortcut: when do both ends have the same shape?",
  ask: "Show the remedy",
  fix: "Fix it",
  copy: "Copy code",
  copied: "Copied",
};

export const TEXTS = { ko, en };
