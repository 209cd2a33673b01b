// Shapes on both sides of a residual connection.

const convSize = (n, k, strides, padding) =>
  Math.ceil((padding === "same" ? n : Math.max(n - k + 1, 0)) / strides);

/** Each side as [layer, shape] from the input to the end. */
export function sides(state) {
  const { size, channels, filters, strides, padding, pooling } = state;
  const square = (n, c) => [n, n, c];
  let n = convSize(size, 3, strides, padding);
  const same = padding === "same" ? ', padding="same"' : "";
  const stride = (s) => (s > 1 ? `, strides=${s}` : "");
  const block = [[`Conv2D(${filters}, 3${stride(strides)}${same})`, square(n, filters)]];
  n = convSize(n, 3, 1, padding);
  block.push([`Conv2D(${filters}, 3${same})`, square(n, filters)]);
  if (pooling) block.push(['MaxPooling2D(2, padding="same")', square((n = Math.ceil(n / 2)), filters)]);
  const shortcut = state.shortcut === "conv"
    ? [[`Conv2D(${state.shortcut_filters}, 1${stride(state.shortcut_strides)})`,
        square(Math.ceil(size / state.shortcut_strides), state.shortcut_filters)]]
    : [["", square(size, channels)]];
  return { block, shortcut };
}

/** Shapes of both ends, what `add` makes of them, and the change that makes them fit. */
export function judge(state) {
  const { block, shortcut } = sides(state);
  const [a, b] = [block.at(-1)[1], shortcut.at(-1)[1]];
  const sizeFits = a[0] === b[0], channelsFit = a[2] === b[2];
  const verdict = sizeFits && channelsFit ? "right"
    : sizeFits && (a[2] === 1 || b[2] === 1) ? "broadcast" : "wrong";
  let remedy = {};
  if (verdict !== "right") {
    let strides = 1;
    while (strides <= state.size && Math.ceil(state.size / strides) !== a[0]) strides++;
    if (strides > state.size) remedy = { padding: "same" };
    else if (strides === 1 && state.channels === a[2]) remedy = { shortcut: "identity" };
    else remedy = { shortcut: "conv", shortcut_filters: a[2], shortcut_strides: strides };
  }
  return { block: a, shortcut: b, sizeFits, channelsFit, verdict, remedy };
}

/** The Keras code of what is shown. */
export function code(state) {
  const { size, channels, filters, strides, padding, pooling } = state;
  const same = padding === "same" ? ', padding="same"' : "";
  const stride = (s) => (s > 1 ? `, strides=${s}` : "");
  return [
    `inputs = keras.Input(shape=(${size}, ${size}, ${channels}))`,
    `x = layers.Conv2D(${filters}, 3${stride(strides)}, activation="relu"${same})(inputs)`,
    `x = layers.Conv2D(${filters}, 3, activation="relu"${same})(x)`,
    ...(pooling ? ['x = layers.MaxPooling2D(2, padding="same")(x)'] : []),
    state.shortcut === "conv"
      ? `residual = layers.Conv2D(${state.shortcut_filters}, 1${stride(state.shortcut_strides)})(inputs)`
      : "residual = inputs",
    "x = layers.add([x, residual])",
  ].join("\n");
}

const TEXTS = {
  ko: {
    size: "입력 크기", channels: "입력 채널", filters: "필터 수", strides: "보폭", padding: "패딩",
    pooling: "맥스풀링", off: "없음", on: "있음", shortcut: "지름길", branch: "연결", identity: "그대로", conv: "1×1 합성곱",
    shortcut_filters: "1×1 필터 수", shortcut_strides: "1×1 보폭", block: "블록", input: "입력",
    right: "✓ 더할 수 있다. 두 모양이 같다.", wrong: "✕ 더할 수 없다.",
    broadcast: "⚠ 오류 없이 더해지지만 잘못되었다. 채널이 1인 쪽이 모든 채널에 되풀이해 더해진다(브로드캐스팅).",
    sizes: (a, b) => ` 가로세로가 다르다(${a} 대 ${b}).`, depths: (a, b) => ` 채널이 다르다(${a} 대 ${b}).`,
    remedy: {
      padding: () => "고치는 법: 어떤 보폭으로도 맞출 수 없으니 블록의 패딩을 same으로 바꾼다.",
      identity: () => "고치는 법: 모양이 이미 같으니 입력을 그대로 더한다.",
      conv: (f, s) => `고치는 법: 지름길에 Conv2D(${f}, 1${s > 1 ? `, strides=${s}` : ""})를 둔다.`,
    },
    guide: "블록과 지름길의 설정을 바꾸며 두 끝의 모양이 언제 같은지 찾아보자.",
    fix: "고치기", copy: "코드 복사", copied: "복사했다",
  },
  en: {
    size: "Input size", channels: "Input channels", filters: "Filters", strides: "Strides", padding: "Padding",
    pooling: "Max pooling", off: "no", on: "yes", shortcut: "Shortcut", branch: "Branch", identity: "as it is", conv: "1×1 convolution",
    shortcut_filters: "1×1 filters", shortcut_strides: "1×1 strides", block: "Block", input: "Input",
    right: "✓ They can be added: the shapes are equal.", wrong: "✕ They cannot be added.",
    broadcast: "⚠ Added without an error, yet wrong: the single channel is repeated for all (broadcasting).",
    sizes: (a, b) => ` Height and width differ: ${a} and ${b}.`, depths: (a, b) => ` Channels differ: ${a} and ${b}.`,
    remedy: {
      padding: () => "Remedy: no stride fits; set the block's padding to same.",
      identity: () => "Remedy: the shapes are equal already; add the input as it is.",
      conv: (f, s) => `Remedy: put Conv2D(${f}, 1${s > 1 ? `, strides=${s}` : ""}) on the shortcut.`,
    },
    guide: "Change the settings of the block and the shortcut: when do both ends have the same shape?",
    fix: "Fix it", copy: "Copy code", copied: "Copied",
  },
};

const NAMES = ["size", "channels", "filters", "strides", "padding", "pooling", "shortcut",
  "shortcut_filters", "shortcut_strides"];
const POWERS = [1, 2, 3, 4, 8, 16, 32, 64, 128];

function build(root, update, read, lang) {
  const t = TEXTS[lang] ?? TEXTS.ko;
  const set = (name) => (value) => update({ [name]: value });
  const controls = {
    size: stepper(t.size, 16, 64, set("size")),
    channels: stepper(t.channels, 1, 128, set("channels"), POWERS),
    filters: stepper(t.filters, 1, 128, set("filters"), POWERS),
    strides: choice(t.strides, [1, 2, 3].map((s) => [s, String(s)]), set("strides")),
    padding: choice(t.padding, [["same", "same"], ["valid", "valid"]], set("padding")),
    pooling: choice(t.pooling, [[false, t.off], [true, t.on]], set("pooling")),
    shortcut: choice(t.branch, [["identity", t.identity], ["conv", t.conv]], set("shortcut")),
    shortcut_filters: stepper(t.shortcut_filters, 1, 128, set("shortcut_filters"), POWERS),
    shortcut_strides: stepper(t.shortcut_strides, 1, 16, set("shortcut_strides")),
  };
  const bar = (...names) => h("div", { class: "cvbook-bar" }, ...names.map((name) => controls[name].element));
  const start = h("div", { class: "cvbook-box" });
  const flows = { block: h("div", { class: "cvbook-flow" }), shortcut: h("div", { class: "cvbook-flow" }) };
  const side = (name, ...bars) => h("section", { class: `cvbook-side ${name}` },
    h("div", { class: "cvbook-caption" }, t[name]), ...bars, flows[name]);
  const result = h("p", { class: "cvbook-result" });
  const remedy = h("span", {});
  const fix = h("button", { type: "button", onclick: () => {
    update(judge(read()).remedy);
    result.focus();
  } }, t.fix);
  result.tabIndex = -1;
  const cure = h("p", { class: "cvbook-cure" }, remedy, " ", fix);
  const text = h("code", {});
  const live = liveRegion();
  const copy = h("button", { type: "button", onclick: async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch { // not allowed here: the browser's own command on a selection
      getSelection().selectAllChildren(text);
      document.execCommand("copy");
    }
    put(live, t.copied);
    put(copy, `✓ ${t.copied}`);
  } }, t.copy);
  let spoken = null;

  function draw(state) {
    const { block, shortcut } = sides(state), judged = judge(state);
    for (const name of NAMES) controls[name].draw(state[name]);
    for (const name of ["shortcut_filters", "shortcut_strides"])
      controls[name].element.hidden = state.shortcut !== "conv";
    put(start, `${t.input} (${state.size}, ${state.size}, ${state.channels})`);
    for (const [name, layers] of [["block", block], ["shortcut", shortcut]])
      flows[name].replaceChildren(...layers.map(([layer, shape], index) => {
        const last = index === layers.length - 1;
        const parts = shape.map((length, axis) => {
          const fits = axis < 2 ? judged.sizeFits : judged.channelsFit;
          return h("span", { class: last && !fits ? "differs" : "" }, String(length));
        });
        return h("div", { class: "cvbook-box" },
          layer ? h("code", {}, layer) : h("span", {}, t.identity),
          h("strong", {}, "(", parts[0], ", ", parts[1], ", ", parts[2], ")"));
      }));
    const [a, b] = [judged.block, judged.shortcut];
    put(result, `add: ${t[judged.verdict]}` +
      (judged.sizeFits ? "" : t.sizes(a[0], b[0])) + (judged.channelsFit ? "" : t.depths(a[2], b[2])));
    result.className = `cvbook-result ${judged.verdict}`;
    cure.hidden = judged.verdict === "right";
    const { padding, shortcut: kind, shortcut_filters: f, shortcut_strides: s } = judged.remedy;
    put(remedy, padding ? t.remedy.padding() : kind ? t.remedy[kind](f, s) : "");
    put(text, code(state));
    put(copy, t.copy);
    const said = `${result.textContent} ${remedy.textContent}`;
    if (spoken !== null && spoken !== said) put(live, said);
    spoken = said;
  }

  root.append(h("p", { class: "cvbook-note" }, t.guide), bar("size", "channels"), start,
    h("div", { class: "cvbook-sides" },
      side("block", bar("filters", "strides", "padding", "pooling")),
      side("shortcut", bar("shortcut", "shortcut_filters", "shortcut_strides"))),
    h("div", { class: "cvbook-join", "aria-hidden": "true" }, h("span", {}, "↘"), h("span", {}, "⊕"), h("span", {}, "↙")),
    result, cure, h("pre", { tabindex: 0, "aria-label": "Keras" }, text), copy, live);
  return { draw };
}

function render({ model, el }) {
  return mount({ model, el }, NAMES, (root, update, read) => build(root, update, read, model.get("lang")));
}

export default { render };
