// The texts of the widget in each language.

/**
 * @typedef {"input" | "kernel" | "output" | "padded" | "flipped" | "strides" | "padding" | "view"
 *   | "sizes" | "back" | "forward" | "play" | "pause" | "first" | "reset" | "empty" | "guide"
 *   | "cropped" | "nothing" | "height" | "width" | "both" | "letters"} Label
 * @typedef {(row: number, column: number, value: string) => string} CellLabel
 * @typedef {object} Messages
 * @property {CellLabel} cellLabel
 * @property {CellLabel} countLabel
 * @property {Record<import("./state.js").ViewName, string>} views
 * @property {string[]} axes
 * @property {(step: number, all: number) => string} progress
 * @property {Record<import("./state.js").ViewName, string>} hints
 * @property {(i: number, j: number, value: string, rows: string, columns: string) => string} stamp
 * @property {(a: number, b: number, value: string) => string} weight
 * @property {(row: number, column: number, n: number) => string} overlap
 * @property {(k: number, s: number) => string} even
 * @property {(k: number, s: number) => string} uneven
 * @property {(value: string) => string} inserted
 * @property {(rows: number, columns: number, filled: number) => string} matrix
 * @property {(row: number, column: number, n: number) => string} matrixRow
 * @property {(front: number, back: number) => string} crop
 * @typedef {Record<Label, string> & Messages} Texts
 */

/** @type {Texts} */
const ko = {
  input: "입력 x",
  kernel: "필터 k",
  output: "출력 y",
  padded: "0을 끼운 입력",
  flipped: "뒤집은 필터",
  cellLabel: (row, column, value) => `행 ${row}, 열 ${column}, 값 ${value}`,
  countLabel: (row, column, value) => `행 ${row}, 열 ${column}, 겹침 ${value}번`,
  strides: "보폭",
  padding: "패딩",
  view: "보기",
  views: { stamps: "도장 찍기", overlaps: "겹친 횟수", zeros: "0 끼워 넣기", matrix: "전치 행렬" },
  sizes: "입력과 필터의 크기",
  axes: ["입력 높이", "입력 너비", "필터 높이", "필터 너비"],
  back: "이전",
  forward: "다음",
  play: "재생",
  pause: "멈춤",
  first: "비우기",
  reset: "처음 값으로",
  progress: (step, all) => `${step}/${all} 찍음`,
  empty: "아직 아무것도 찍지 않았다. ‘다음’을 눌러 입력의 첫 칸부터 찍어 본다.",
  guide: "칸을 가리키거나 화살표 키로 옮겨 본다. 입력과 필터의 값은 두 번 누르거나 Enter로 고친다.",
  hints: {
    stamps:
      "출력의 칸을 가리키면 그 값이 어떤 곱들의 합인지, 입력의 칸을 가리키면 도장이 어디에 찍히는지 보인다.",
    overlaps:
      "출력의 수는 그 칸에 겹친 도장의 수이다. 필터와 보폭을 바꾸며 무늬가 언제 고른지 찾아본다.",
    zeros: "입력의 칸 사이와 둘레에 0을 넣고 뒤집은 필터로 보통 합성곱을 하면 같은 출력이 된다.",
    matrix:
      "입력과 출력을 한 줄로 펼치면 전치 합성곱은 행렬 곱 y = Cᵀx이다. 행렬의 행이나 출력의 칸을 가리켜 본다.",
  },
  stamp: (i, j, value, rows, columns) =>
    `x[${i}, ${j}] = ${value}에 필터를 곱한 도장을 y[${rows}, ${columns}] 자리에 더한다.`,
  cropped: " 패딩 same이 잘라 낸 자리에 걸친 부분은 버려진다.",
  weight: (a, b, value) =>
    `k[${a}, ${b}] = ${value}. 이 값은 입력의 모든 칸과 한 번씩 곱해져 주황 테두리 칸에 더해진다.`,
  nothing: "닿은 도장이 없다",
  overlap: (row, column, n) => `y[${row}, ${column}]에는 도장 ${n}개가 겹친다.`,
  even: (k, s) => `필터의 크기(${k})가 보폭(${s})의 배수라서 안쪽의 겹침이 고르다.`,
  uneven: (k, s) =>
    `필터의 크기(${k})가 보폭(${s})의 배수가 아니어서 안쪽의 겹침이 고르지 않다. 체커보드 무늬가 생기는 까닭이다.`,
  inserted: (value) => `0을 끼운 입력의 이 값(${value})은 주황 테두리의 출력 칸에 쓰인다.`,
  matrix: (rows, columns, filled) =>
    `y = Cᵀx: ${rows}×${columns} 행렬이고, 필터의 값이 든 칸은 ${filled}개뿐이다.`,
  matrixRow: (row, column, n) => `행렬의 행 ${n}을 x와 곱해 더한 값이 y[${row}, ${column}]이다. `,
  height: "출력 높이",
  width: "출력 너비",
  both: "출력의 높이와 너비",
  letters: "입력 n, 필터 k, 보폭 s",
  crop: (front, back) => ` (앞 ${front}줄, 뒤 ${back}줄을 잘라 냄)`,
};

/** @type {Texts} */
const en = {
  input: "Input x",
  kernel: "Kernel k",
  output: "Output y",
  padded: "Zero-inserted input",
  flipped: "Flipped kernel",
  cellLabel: (row, column, value) => `row ${row}, column ${column}, value ${value}`,
  countLabel: (row, column, value) => `row ${row}, column ${column}, overlaps ${value}`,
  strides: "strides",
  padding: "padding",
  view: "View",
  views: {
    stamps: "Stamps",
    overlaps: "Overlaps",
    zeros: "Zero insertion",
    matrix: "Transposed matrix",
  },
  sizes: "Sizes of input and kernel",
  axes: ["Input height", "Input width", "Kernel height", "Kernel width"],
  back: "Back",
  forward: "Next",
  play: "Play",
  pause: "Pause",
  first: "Empty",
  reset: "Reset",
  progress: (step, all) => `${step}/${all} painted`,
  empty: "Nothing is painted yet. Press Next to paint the first input entry.",
  guide:
    "Point at a cell or move with the arrow keys. Double-click or press Enter to edit input and kernel.",
  hints: {
    stamps:
      "Point at an output cell to see the products that add up in it, at an input cell to see where its stamp goes.",
    overlaps:
      "The output shows how many stamps overlap in each cell. Which kernels and strides cover it evenly?",
    zeros:
      "With zeros between and around the input entries, an ordinary convolution with the flipped kernel gives the same output.",
    matrix:
      "With input and output written as columns, it is a matrix product: y = Cᵀx. Point at a row or an output cell.",
  },
  stamp: (i, j, value, rows, columns) =>
    `The kernel times x[${i}, ${j}] = ${value} is added to y[${rows}, ${columns}].`,
  cropped: " What lies outside is cut off by padding same.",
  weight: (a, b, value) =>
    `k[${a}, ${b}] = ${value} multiplies every input entry once; the products go to the outlined cells.`,
  nothing: "no stamp reaches it",
  overlap: (row, column, n) => `${n} stamps overlap in y[${row}, ${column}].`,
  even: (k, s) => `Kernel ${k} is divisible by strides ${s}: the interior is covered evenly.`,
  uneven: (k, s) =>
    `Kernel ${k} is not divisible by strides ${s}: the interior is covered unevenly, the seed of a checkerboard.`,
  inserted: (value) => `This entry, ${value}, is used by the outlined output cells.`,
  matrix: (rows, columns, filled) =>
    `y = Cᵀx: a ${rows}×${columns} matrix of which only ${filled} entries hold a kernel value.`,
  matrixRow: (row, column, n) => `Row ${n} of the matrix times x is y[${row}, ${column}]. `,
  height: "Output height",
  width: "Output width",
  both: "Output height and width",
  letters: "input n, kernel k, strides s",
  crop: (front, back) => ` (${front} cut in front, ${back} behind)`,
};

export const TEXTS = { ko, en };
