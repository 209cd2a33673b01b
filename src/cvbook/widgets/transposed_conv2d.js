// A transposed convolution of one channel, as Keras's Conv2DTranspose does it.

/** Output length along one axis, and how many entries `same` padding cuts off in front. */
export function axis(n, k, s, padding) {
  const surplus = Math.max(k - s, 0); // Keras keeps n * s entries even when the kernel is smaller
  return padding === "valid"
    ? { size: n * s + surplus, cut: 0 }
    : { size: n * s, cut: Math.floor(surplus / 2) };
}

const axes = ({ input, kernel, strides, padding }) => [
  axis(input.length, kernel.length, strides, padding),
  axis(input[0].length, kernel[0].length, strides, padding),
];

const zeros = (rows, columns) => Array.from({ length: rows }, () => new Array(columns).fill(0));

/** Call `visit(row, column, i, j, a, b)` for each product of the first `count` input entries. */
function eachProduct(state, count, visit) {
  const [down, across] = axes(state);
  const { input, kernel, strides } = state;
  for (let i = 0, painted = 0; i < input.length; i++)
    for (let j = 0; j < input[0].length && painted < count; j++, painted++)
      for (let a = 0; a < kernel.length; a++)
        for (let b = 0; b < kernel[0].length; b++) {
          const row = i * strides + a - down.cut, column = j * strides + b - across.cut;
          if (row >= 0 && row < down.size && column >= 0 && column < across.size)
            visit(row, column, i, j, a, b);
        }
}

/** The output after the first `count` input entries have been painted; all of them by default. */
export function output(state, count = Infinity) {
  const [down, across] = axes(state);
  const sum = zeros(down.size, across.size);
  eachProduct(state, count, (row, column, i, j, a, b) => {
    sum[row][column] += state.input[i][j] * state.kernel[a][b];
  });
  return sum;
}

/** How many products meet in each output entry. */
export function overlaps(state) {
  const [down, across] = axes(state);
  const count = zeros(down.size, across.size);
  eachProduct(state, Infinity, (row, column) => count[row][column]++);
  return count;
}

/** Every product that adds to output entry (row, column), among the first `count` inputs. */
export function contributions(state, row, column, count = Infinity) {
  const found = [];
  eachProduct(state, count, (r, c, i, j, a, b) => {
    if (r === row && c === column) found.push({ i, j, a, b });
  });
  return found;
}

/** The other face: the input with zeros between and around, and the kernel turned by 180°. */
export function zeroInsertion(state) {
  const [down, across] = axes(state);
  const { input, kernel, strides } = state;
  const [k, l] = [kernel.length, kernel[0].length];
  const padded = zeros(down.size + k - 1, across.size + l - 1);
  const place = (i, j) => [i * strides + k - 1 - down.cut, j * strides + l - 1 - across.cut];
  input.forEach((line, i) => line.forEach((value, j) => {
    const [row, column] = place(i, j);
    padded[row][column] = value;
  }));
  const flipped = kernel.map((line) => [...line].reverse()).reverse();
  return { padded, flipped, place };
}

/** The transposed matrix as [row, column, a, b]: output entry, input entry, kernel entry. */
export function matrixEntries(state) {
  const across = axes(state)[1].size, width = state.input[0].length;
  const entries = [];
  eachProduct(state, Infinity, (row, column, i, j, a, b) =>
    entries.push([row * across + column, i * width + j, a, b]));
  return entries;
}

const TEXTS = {
  ko: {
    input: "입력 x", kernel: "필터 k", output: "출력 y", padded: "0을 끼운 입력", flipped: "뒤집은 필터",
    cell: (row, column, value) => `행 ${row}, 열 ${column}, 값 ${value}`,
    count: (row, column, value) => `행 ${row}, 열 ${column}, 겹침 ${value}번`,
    strides: "보폭", padding: "패딩", view: "보기",
    views: { stamps: "도장 찍기", overlaps: "겹친 횟수", zeros: "0 끼워 넣기", matrix: "전치 행렬" },
    sizes: "입력과 필터의 크기", axes: ["입력 높이", "입력 너비", "필터 높이", "필터 너비"],
    back: "이전", forward: "다음", play: "재생", pause: "멈춤", first: "비우기", reset: "처음 값으로",
    progress: (step, all) => `${step}/${all} 찍음`,
    empty: "아직 아무것도 찍지 않았다. ‘다음’을 눌러 입력의 첫 칸부터 찍어 보자.",
    guide: "칸을 가리키거나 화살표 키로 옮겨 보자. 입력과 필터의 값은 두 번 누르거나 Enter로 고친다.",
    hints: {
      stamps: "출력의 칸을 가리키면 그 값이 어떤 곱들의 합인지, 입력의 칸을 가리키면 도장이 어디에 찍히는지 보인다.",
      overlaps: "출력의 수는 그 칸에 겹친 도장의 수이다. 필터와 보폭을 바꾸며 무늬가 언제 고른지 찾아보자.",
      zeros: "입력의 칸 사이와 둘레에 0을 넣고 뒤집은 필터로 보통 합성곱을 하면 같은 출력이 된다.",
      matrix: "입력과 출력을 한 줄로 펼치면 전치 합성곱은 행렬 곱 y = Cᵀx이다. 행렬의 행이나 출력의 칸을 가리켜 보자.",
    },
    stamp: (i, j, value, rows, columns) =>
      `x[${i}, ${j}] = ${value}에 필터를 곱한 도장을 y[${rows}, ${columns}] 자리에 더한다.`,
    lost: " 패딩 same이 잘라 낸 자리에 걸친 부분은 버려진다.",
    weight: (a, b, value) => `k[${a}, ${b}] = ${value}. 이 값은 입력의 모든 칸과 한 번씩 곱해져 주황 테두리 칸에 더해진다.`,
    nothing: "닿은 도장이 없다",
    overlap: (row, column, n) => `y[${row}, ${column}]에는 도장 ${n}개가 겹친다.`,
    even: (k, s) => `필터의 크기(${k})가 보폭(${s})의 배수라서 안쪽의 겹침이 고르다.`,
    uneven: (k, s) => `필터의 크기(${k})가 보폭(${s})의 배수가 아니어서 안쪽의 겹침이 고르지 않다. 체커보드 무늬의 씨앗이다.`,
    inserted: (value) => `0을 끼운 입력의 이 값(${value})은 주황 테두리의 출력 칸에 쓰인다.`,
    matrix: (rows, columns, filled) => `y = Cᵀx: ${rows}×${columns} 행렬이고, 필터의 값이 든 칸은 ${filled}개뿐이다.`,
    row: (row, column, n) => `행렬의 행 ${n}을 x와 곱해 더한 값이 y[${row}, ${column}]이다. `,
    height: "출력 높이", width: "출력 너비", both: "출력의 높이와 너비", letters: "입력 n, 필터 k, 보폭 s",
    cut: (front, back) => ` (앞 ${front}줄, 뒤 ${back}줄을 잘라 냄)`,
  },
  en: {
    input: "Input x", kernel: "Kernel k", output: "Output y", padded: "Zero-inserted input", flipped: "Flipped kernel",
    cell: (row, column, value) => `row ${row}, column ${column}, value ${value}`,
    count: (row, column, value) => `row ${row}, column ${column}, overlaps ${value}`,
    strides: "strides", padding: "padding", view: "View",
    views: { stamps: "Stamps", overlaps: "Overlaps", zeros: "Zero insertion", matrix: "Transposed matrix" },
    sizes: "Sizes of input and kernel", axes: ["Input height", "Input width", "Kernel height", "Kernel width"],
    back: "Back", forward: "Next", play: "Play", pause: "Pause", first: "Empty", reset: "Reset",
    progress: (step, all) => `${step}/${all} painted`,
    empty: "Nothing is painted yet. Press Next to paint the first input entry.",
    guide: "Point at a cell or move with the arrow keys. Double-click or press Enter to edit input and kernel.",
    hints: {
      stamps: "Point at an output cell to see the products that add up in it, at an input cell to see where its stamp goes.",
      overlaps: "The output shows how many stamps overlap in each cell. Which kernels and strides cover it evenly?",
      zeros: "With zeros between and around the input entries, an ordinary convolution with the flipped kernel gives the same output.",
      matrix: "With input and output written as columns, it is a matrix product: y = Cᵀx. Point at a row or an output cell.",
    },
    stamp: (i, j, value, rows, columns) =>
      `The kernel times x[${i}, ${j}] = ${value} is added to y[${rows}, ${columns}].`,
    lost: " What lies outside is cut off by padding same.",
    weight: (a, b, value) => `k[${a}, ${b}] = ${value} multiplies every input entry once; the products go to the outlined cells.`,
    nothing: "no stamp reaches it",
    overlap: (row, column, n) => `${n} stamps overlap in y[${row}, ${column}].`,
    even: (k, s) => `Kernel ${k} is divisible by strides ${s}: the interior is covered evenly.`,
    uneven: (k, s) => `Kernel ${k} is not divisible by strides ${s}: the interior is covered unevenly, the seed of a checkerboard.`,
    inserted: (value) => `This entry, ${value}, is used by the outlined output cells.`,
    matrix: (rows, columns, filled) => `y = Cᵀx: a ${rows}×${columns} matrix of which only ${filled} entries hold a kernel value.`,
    row: (row, column, n) => `Row ${n} of the matrix times x is y[${row}, ${column}]. `,
    height: "Output height", width: "Output width", both: "Output height and width", letters: "input n, kernel k, strides s",
    cut: (front, back) => ` (${front} cut in front, ${back} behind)`,
  },
};

/** "높이: 2·2 + max(3 − 2, 0) = 5" */
export function sizeFormula(n, k, s, padding, cut = () => "") {
  if (padding === "valid") return `n·s + max(k − s, 0) = ${n}·${s} + max(${k} − ${s}, 0) = ${axis(n, k, s, padding).size}`;
  const surplus = Math.max(k - s, 0), front = Math.floor(surplus / 2);
  return `n·s = ${n}·${s} = ${n * s}${surplus ? cut(front, surplus - front) : ""}`;
}

/** "y[0, 2] = x[0, 0]·k[0, 2] + … = 1·2 + … = 5" */
function sumFormula(state, row, column, count, nothing) {
  const terms = contributions(state, row, column, count);
  const name = `y[${row}, ${column}]`;
  if (!terms.length) return `${name} = 0 (${nothing})`;
  const { input, kernel } = state;
  const factor = (value) => (value < 0 ? `(${number(value)})` : number(value));
  const total = terms.reduce((sum, { i, j, a, b }) => sum + input[i][j] * kernel[a][b], 0);
  const names = terms.map(({ i, j, a, b }) => `x[${i}, ${j}]·k[${a}, ${b}]`).join(" + ");
  const numbers = terms
    .map(({ i, j, a, b }) => `${factor(input[i][j])}·${factor(kernel[a][b])}`).join(" + ");
  return `${name} = ${names} = ${numbers} = ${number(total)}`;
}

const NAMES = ["input", "kernel", "strides", "padding", "step", "view"];
const HEAD = 24; // height of the letters above the matrix
const cellOf = (rows, columns) => clamp(Math.floor(500 / Math.max(rows, columns)), 3, 24);

function build(root, update, read, lang) {
  const t = TEXTS[lang] ?? TEXTS.ko;
  const initial = structuredClone(read());
  let pointed = null; // {where, row, column}, by mouse
  let focused = null; // the same, by keyboard or touch
  let stepped = false; // whether the last stamp is one that the reader has just seen painted
  let timer = null;
  let now = read();

  const all = (state) => state.input.length * state.input[0].length;
  const look = (where) => (row, column, byFocus) => {
    const place = row === null ? null : { where, row, column };
    if (byFocus) focused = place;
    else pointed = place;
    draw(now);
    if (byFocus && place) speak();
  };
  const edit = (name) => (row, column, value) => {
    const changed = read()[name].map((line) => [...line]);
    changed[row][column] = value;
    update({ [name]: changed });
  };
  const resize = (name, rows, columns) => {
    const old = read()[name];
    const changed = Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => old[i]?.[j] ?? 1));
    const size = name === "input" ? { step: rows * columns } : {};
    update({ [name]: changed, ...size });
  };

  const strides = choice(t.strides, [1, 2, 3, 4].map((s) => [s, String(s)]), (value) => change({ strides: value }));
  const padding = choice(t.padding, [["valid", "valid"], ["same", "same"]], (value) => change({ padding: value }));
  const view = choice(t.view, Object.entries(t.views), (value) => change({ view: value }));
  const sizes = [
    stepper(t.axes[0], 1, 8, (n) => resize("input", n, read().input[0].length)),
    stepper(t.axes[1], 1, 8, (n) => resize("input", read().input.length, n)),
    stepper(t.axes[2], 1, 5, (n) => resize("kernel", n, read().kernel[0].length)),
    stepper(t.axes[3], 1, 5, (n) => resize("kernel", read().kernel.length, n)),
  ];
  const grids = {
    input: new Grid({ label: t.input, name: t.cell, kind: "input", edit: edit("input"), point: look("input") }),
    padded: new Grid({ label: t.padded, name: t.cell, kind: "input", point: look("padded") }),
    kernel: new Grid({ label: t.kernel, name: t.cell, kind: "kernel", edit: edit("kernel"), point: look("kernel") }),
    flipped: new Grid({ label: t.flipped, name: t.cell, kind: "kernel", point: look("flipped") }),
    output: new Grid({ label: t.output, kind: "output", point: look("output"),
      name: (row, column, value) => (now.view === "overlaps" ? t.count : t.cell)(row, column, value) }),
  };
  const figure = (key) => h("div", { class: "cvbook-part" },
    h("div", { class: "cvbook-caption", "aria-hidden": "true" }, t[key]),
    h("div", { class: "cvbook-scroll" }, grids[key].element));
  const parts = Object.fromEntries(Object.keys(grids).map((key) => [key, figure(key)]));
  const canvas = h("canvas", { role: "img" });
  const product = h("div", { class: "cvbook-scroll cvbook-product", tabindex: 0, role: "group", "aria-label": "y = Cᵀx" }, canvas);
  const matrix = h("div", { class: "cvbook-part" },
    h("div", { class: "cvbook-caption", "aria-hidden": "true" }, "y = Cᵀ x"), product);
  const pointAtRow = (event) => {
    const [down, across] = axes(now);
    const row = Math.floor((event.offsetY - HEAD) / cellOf(down.size * across.size, all(now)));
    if (row < 0 || row >= down.size * across.size) return;
    pointed = { where: "output", row: Math.floor(row / across.size), column: row % across.size, here: true };
    draw(now);
  };
  for (const type of ["pointermove", "pointerdown"]) canvas.addEventListener(type, pointAtRow);
  canvas.addEventListener("pointerleave", (event) =>
    event.pointerType === "mouse" && look("output")(null));
  // A sign stays with the part that it leads to.
  const sign = (text, ...led) => {
    const mark = h("span", { class: "cvbook-sign", "aria-hidden": "true" }, text);
    return { mark, element: h("div", { class: "cvbook-led" }, mark, ...led) };
  };
  const times = sign("", parts.kernel, parts.flipped);
  const stage = h("div", { class: "cvbook-stage" },
    parts.input, parts.padded, times.element, sign("→", parts.output).element, matrix);

  const button = (text, act) => h("button", { type: "button", onclick: act }, text);
  const play = button("", () => (timer ? halt() : start()));
  const progress = h("span", { class: "cvbook-note" });
  const steps = h("div", { class: "cvbook-bar tight" },
    button(t.first, () => go(0)), button(`← ${t.back}`, () => go(-1, true)), play,
    button(`${t.forward} →`, () => go(1, true)), progress,
    button(t.reset, () => { halt(); update(structuredClone(initial)); }));
  const explain = h("p", { class: "cvbook-explain" });
  const rule = h("p", { class: "cvbook-note" });
  const size = h("p", { class: "cvbook-note" });
  const live = liveRegion();

  const change = (changes) => {
    pointed = null;
    stepped = changes.step > 0;
    update(changes);
    queueMicrotask(speak);
  };
  const go = (to, relative = false) => {
    if (relative) halt();
    const { step } = now = read();
    change({ step: clamp(relative ? step + to : to, 0, all(now)) });
  };
  const start = () => {
    if (read().step >= all(read())) go(0);
    timer = setInterval(() => {
      const { step, input } = read();
      change({ step: step + 1 });
      if (step + 1 >= input.length * input[0].length) halt();
    }, 900);
    draw(read());
  };
  function halt() {
    clearInterval(timer);
    timer = null;
    draw(read());
  }
  function speak() {
    put(live, [progress.textContent, explain.textContent, size.textContent].join(". "));
  }

  const stampAt = (state, index) => {
    const width = state.input[0].length;
    return [Math.floor(index / width), index % width];
  };

  /** The matrix product on a canvas: y, =, the matrix, x; numbers where cells have room for them. */
  function drawProduct({ input, kernel }, entries, y, row) {
    const style = getComputedStyle(root);
    const colour = (name) => style.getPropertyValue(name).trim();
    const x = input.flat(), cell = cellOf(y.length, x.length), gap = Math.max(cell, 24);
    const [matrixAt, xAt] = [cell + gap, cell + gap + x.length * cell + gap / 2];
    const dense = window.devicePixelRatio || 1;
    const [width, height] = [xAt + Math.max(cell, 12) + 1, HEAD + y.length * cell + 1];
    Object.assign(canvas, { width: width * dense, height: height * dense });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const pen = canvas.getContext("2d");
    pen.scale(dense, dense);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const write = (text, centre, top, size, ink = "--ink") => {
      pen.font = `${size}px system-ui, sans-serif`;
      pen.fillStyle = colour(ink);
      pen.fillText(text, centre, top);
    };
    const strongest = (values) => Math.max(...values.map(Math.abs), 1e-9);
    const square = (value, most, left, top, role) => {
      pen.globalAlpha = 0.1 + 0.3 * Math.abs(value) / most;
      pen.fillStyle = role;
      pen.fillRect(left, top, cell - 0.5, cell - 0.5);
      pen.globalAlpha = 1;
      const text = brief(value);
      if (cell >= 16) write(text, left + cell / 2, top + cell / 2, cell * (text.length > 3 ? 0.32 : 0.46));
    };
    pen.fillStyle = colour("--panel");
    pen.fillRect(matrixAt, HEAD, x.length * cell, y.length * cell);
    const roles = { x: colour("--ink"), k: colour("--green"), y: colour("--blue") };
    const most = { x: strongest(x), k: strongest(kernel.flat()), y: strongest(y) };
    y.forEach((value, r) => square(value, most.y, 0, HEAD + r * cell, roles.y));
    x.forEach((value, c) => square(value, most.x, xAt, HEAD + c * cell, roles.x));
    for (const [r, c, a, b] of entries)
      square(kernel[a][b], most.k, matrixAt + c * cell, HEAD + r * cell, roles.k);
    write("y", Math.max(cell, 12) / 2, HEAD / 2, 14);
    write("=", cell + gap / 2, HEAD / 2, 14, "--quiet");
    write("Cᵀ", matrixAt + Math.max(x.length * cell, 24) / 2, HEAD / 2, 14);
    write("x", xAt + Math.max(cell, 12) / 2, HEAD / 2, 14);
    if (row === null) return;
    pen.strokeStyle = colour("--orange");
    pen.lineWidth = 2;
    pen.strokeRect(1, HEAD + row * cell, cell, cell);
    pen.strokeRect(matrixAt, HEAD + row * cell, x.length * cell, cell);
    pen.strokeRect(xAt, HEAD, cell, x.length * cell);
  }

  function draw(state) {
    if (state !== now) now = state;
    const { input, kernel, view: face } = state;
    const [down, across] = axes(state);
    const step = face === "stamps" ? clamp(state.step, 0, all(state)) : all(state);
    const faces = { input: face !== "zeros", kernel: face !== "zeros", padded: face === "zeros", flipped: face === "zeros", output: true };
    for (const [key, shown] of Object.entries(faces)) parts[key].hidden = !shown;
    matrix.hidden = face !== "matrix";
    steps.hidden = face !== "stamps";

    // What is lit: by the mouse, else by the focus, else the stamp painted last.
    let point = pointed ?? focused;
    if (point && !faces[point.where]) point = null;
    const lit = { input: new Set(), kernel: new Set(), output: new Set(), padded: new Set(), flipped: new Set() };
    const light = (where, row, column) => lit[where].add(row * 64 + column);
    const inserted = face === "zeros" ? zeroInsertion(state) : null;
    let text = t.hints[face];
    const stamp = (i, j) => {
      light("input", i, j);
      let landed = 0;
      const rows = [], columns = [];
      eachProduct(state, Infinity, (row, column, m, n) => {
        if (m !== i || n !== j) return;
        landed++;
        rows.push(row);
        columns.push(column);
        light("output", row, column);
      });
      kernel.forEach((line, a) => line.forEach((_, b) => light("kernel", a, b)));
      const span = (list) => `${Math.min(...list)}:${Math.max(...list) + 1}`;
      return landed
        ? t.stamp(i, j, number(input[i][j]), span(rows), span(columns)) +
          (landed < kernel.length * kernel[0].length ? t.lost : "")
        : t.lost;
    };
    const sum = (row, column) => sumFormula(state, row, column, step, t.nothing);
    if (point?.where === "input" && input[point.row]?.[point.column] !== undefined) {
      text = stamp(point.row, point.column);
    } else if (point?.where === "kernel" && kernel[point.row]?.[point.column] !== undefined) {
      light("kernel", point.row, point.column);
      eachProduct(state, Infinity, (row, column, i, j, a, b) => {
        if (a === point.row && b === point.column) light("output", row, column);
      });
      text = t.weight(point.row, point.column, number(kernel[point.row][point.column]));
    } else if (point?.where === "output" && point.row < down.size && point.column < across.size) {
      const terms = contributions(state, point.row, point.column, step);
      for (const { i, j, a, b } of terms) {
        light("input", i, j);
        light("kernel", a, b);
      }
      light("output", point.row, point.column);
      text = sum(point.row, point.column);
      if (face === "overlaps") text = `${t.overlap(point.row, point.column, terms.length)} ${text}`;
      if (face === "matrix") text = t.row(point.row, point.column, point.row * across.size + point.column) + text;
      if (face === "zeros") {
        kernel.forEach((line, a) => line.forEach((_, b) => {
          light("padded", point.row + a, point.column + b);
          light("flipped", a, b);
        }));
      }
    } else if (point?.where === "padded" && inserted.padded[point.row]?.[point.column] !== undefined) {
      light("padded", point.row, point.column);
      kernel.forEach((line, a) => line.forEach((_, b) => {
        const row = point.row - a, column = point.column - b;
        if (row >= 0 && row < down.size && column >= 0 && column < across.size) light("output", row, column);
      }));
      text = t.inserted(number(inserted.padded[point.row][point.column]));
    } else if (face === "stamps" && step === 0) {
      text = t.empty;
    } else if (face === "stamps" && (stepped || step < all(state))) {
      text = stamp(...stampAt(state, step - 1));
    }

    const ring = (where, extra = () => "") => (row, column) =>
      (lit[where].has(row * 64 + column)
        ? point?.where === where && point.row === row && point.column === column ? "chosen" : "lit"
        : "") + extra(row, column);
    const painted = output(state, step);
    const counts = overlaps(state);
    const largest = (values) => values.reduce((most, line) =>
      line.reduce((m, value) => Math.max(m, Math.abs(value)), most), 1e-9);
    const most = largest(counts);
    const scale = largest(face === "stamps" ? output(state) : painted);
    if (faces.input) {
      const width = input[0].length;
      grids.input.draw(input, ring("input"), (i, j) => (i * width + j < step ? 0.1 : 0));
      const strongest = largest(kernel);
      grids.kernel.draw(kernel, ring("kernel"), (a, b) => 0.12 + 0.25 * Math.abs(kernel[a][b]) / strongest);
    } else {
      const own = new Set(input.flatMap((line, i) => line.map((_, j) => {
        const [row, column] = inserted.place(i, j);
        return row * 64 + column;
      })));
      grids.padded.draw(inserted.padded, ring("padded", (row, column) =>
        own.has(row * 64 + column) ? "" : " faint"), (row, column) => (own.has(row * 64 + column) ? 0.16 : 0));
      const strongest = largest(kernel);
      grids.flipped.draw(inserted.flipped, ring("flipped"), (a, b) =>
        0.12 + 0.25 * Math.abs(inserted.flipped[a][b]) / strongest);
    }
    if (face === "overlaps") {
      if (grids.output.face !== "overlaps") grids.output.forget();
      grids.output.draw(counts, ring("output"), (row, column) => 0.4 * counts[row][column] / most);
    } else {
      if (grids.output.face === "overlaps") grids.output.forget();
      grids.output.draw(painted, ring("output"), (row, column) =>
        counts[row][column] ? 0.06 + 0.3 * Math.abs(painted[row][column]) / scale : 0);
    }
    grids.output.face = face;
    if (face === "matrix") {
      const entries = matrixEntries(state);
      const [rows, columns] = [down.size * across.size, all(state)];
      const row = point?.where === "output" ? point.row * across.size + point.column : null;
      drawProduct(state, entries, painted.flat(), row);
      if (row !== null && !point.here) {
        const top = HEAD + row * cellOf(rows, columns), room = product.clientHeight;
        if (top < product.scrollTop || top > product.scrollTop + room) product.scrollTop = top - room / 2;
      }
      attribute(canvas, "aria-label", t.matrix(rows, columns, entries.length));
    }

    strides.draw(state.strides);
    padding.draw(state.padding);
    view.draw(face);
    [input.length, input[0].length, kernel.length, kernel[0].length].forEach((n, index) => sizes[index].draw(n));
    put(play, timer ? `‖ ${t.pause}` : `▶ ${t.play}`);
    put(progress, t.progress(clamp(state.step, 0, all(state)), all(state)));
    put(explain, text);
    const uneven = [kernel.length, kernel[0].length].find((k) => k % state.strides);
    put(times.mark, face === "zeros" ? "∗" : "✕");
    put(rule, face === "overlaps"
      ? uneven ? t.uneven(uneven, state.strides) : t.even(kernel.length, state.strides)
      : face === "matrix" ? t.matrix(down.size * across.size, all(state), matrixEntries(state).length) : "");
    const [high, wide] = [[input, kernel], [input[0], kernel[0]]].map(([x, k]) =>
      sizeFormula(x.length, k.length, state.strides, state.padding, t.cut));
    put(size, high === wide ? `${t.both} (${t.letters}): ${high}`
      : `${t.height} (${t.letters}): ${high}\n${t.width}: ${wide}`);
  }

  size.style.whiteSpace = "pre-line";
  root.append(
    h("div", { class: "cvbook-bar" }, strides.element, padding.element, view.element),
    h("details", { class: "cvbook-sizes" }, h("summary", {}, t.sizes),
      h("div", { class: "cvbook-bar" }, ...sizes.map((one) => one.element))),
    h("p", { class: "cvbook-note" }, t.guide), stage, steps, explain, rule, size, live);
  return { draw, stop: () => clearInterval(timer) };
}

function render({ model, el }) {
  return mount({ model, el }, NAMES, (root, update, read) => build(root, update, read, model.get("lang")));
}

export default { render };
