// Parameters and multiply-accumulates of Conv2D and SeparableConv2D, padding "same".

/** Counts of both layers; SeparableConv2D's in its two steps, `bias` apart. */
export function count({ kernel_size: k, channels, filters, size, use_bias }) {
  const bias = use_bias ? filters : 0, pixels = size * size;
  const conv = k * k * channels * filters;
  const [depthwise, pointwise] = [k * k * channels, channels * filters];
  return {
    params: { conv: conv + bias, separable: depthwise + pointwise + bias, depthwise, pointwise, bias },
    macs: { conv: pixels * conv, separable: pixels * (depthwise + pointwise),
      depthwise: pixels * depthwise, pointwise: pixels * pointwise, bias: 0 },
  };
}

const TEXTS = {
  ko: {
    kernel_size: "필터 크기", channels: "입력 채널", filters: "필터 수", size: "그림 크기",
    bias: "편향", off: "없음", on: "있음", presets: "강의의 예",
    cases: ["경우 1: 3채널", "경우 2: 10채널"], params: "파라미터", macs: "계산량(MAC)",
    depthwise: "깊이별", pointwise: "점별", biased: "편향",
    guide: "값을 바꾸며 막대의 길이를 견주어 보자. 두 층의 차이는 무엇이 커질 때 벌어지는가?",
    ratio: (part, rest) => `분리 합성곱의 파라미터는 보통 합성곱의 ${part}배이다${rest}.`,
    theory: (value) => ` (1/필터 수 + 1/필터 크기² = ${value})`,
    macsRatio: (part) => `계산량은 ${part}배이다.`,
  },
  en: {
    kernel_size: "Kernel size", channels: "Input channels", filters: "Filters", size: "Picture size",
    bias: "Bias", off: "no", on: "yes", presets: "The lecture's",
    cases: ["Case 1: 3 channels", "Case 2: 10 channels"], params: "Parameters", macs: "MACs",
    depthwise: "depthwise", pointwise: "pointwise", biased: "bias",
    guide: "Change a value and compare the bars: what makes the two layers differ more?",
    ratio: (part, rest) => `The separable layer has ${part} times the parameters${rest}.`,
    theory: (value) => ` (1/filters + 1/kernel size² = ${value})`,
    macsRatio: (part) => `It takes ${part} times the operations.`,
  },
};

const NAMES = ["kernel_size", "channels", "filters", "size", "use_bias"];
const CASES = [3, 10].map((channels) => ({ kernel_size: 3, channels, filters: 64, use_bias: false }));
// What the sliders offer: small counts one by one, large ones by ever larger steps.
const SCALE = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];
const OFFERED = { kernel_size: [1, 2, 3, 4, 5, 6, 7], channels: SCALE, filters: SCALE,
  size: SCALE.filter((size) => size <= 256) };

function build(root, update, lang) {
  const t = TEXTS[lang] ?? TEXTS.ko;
  const grouped = (value) => value.toLocaleString("en-US");
  const live = liveRegion();
  const sliders = Object.entries(OFFERED).map(([name, values]) =>
    [name, slider(t[name], null, null, null, (value) => update({ [name]: value }), values)]);
  const bias = choice(t.bias, [[false, t.off], [true, t.on]], (value) => update({ use_bias: value }));
  const presets = choice(t.presets, t.cases.map((text, index) => [index, text]), (index) => update(CASES[index]));

  const bar = (className) => h("span", { class: `cvbook-fill ${className}` });
  const block = (title) => {
    const made = {
      conv: bar("conv"), depthwise: bar("depthwise"), pointwise: bar("pointwise"), bias: bar("bias"),
      convText: h("p", { class: "cvbook-sum" }), separableText: h("p", { class: "cvbook-sum" }),
    };
    made.element = h("section", { class: "cvbook-count" },
      h("div", { class: "cvbook-caption" }, title),
      made.convText, h("div", { class: "cvbook-track", "aria-hidden": "true" }, made.conv),
      made.separableText,
      h("div", { class: "cvbook-track", "aria-hidden": "true" }, made.depthwise, made.pointwise, made.bias));
    return made;
  };
  const blocks = { params: block(t.params), macs: block(t.macs) };
  const legend = h("p", { class: "cvbook-note cvbook-legend" },
    ...["depthwise", "pointwise", "bias"].flatMap((name) =>
      [h("span", { class: `cvbook-key ${name}`, "aria-hidden": "true" }), `${t[name === "bias" ? "biased" : name]}  `]));
  const ratio = h("p", { class: "cvbook-explain" });
  let spoken = null;

  function draw(state) {
    const { kernel_size: k, channels, filters, size, use_bias } = state;
    const counts = count(state);
    for (const [name, one] of sliders) one.draw(state[name]);
    bias.draw(use_bias);
    presets.draw(CASES.findIndex((one) => Object.entries(one).every(([name, value]) => state[name] === value)));
    for (const [kind, made] of Object.entries(blocks)) {
      const all = counts[kind], front = kind === "macs" ? `${size}·${size}·` : "";
      const tail = all.bias ? ` + ${filters}` : "";
      put(made.convText, `Conv2D: ${front}${k}·${k}·${channels}·${filters}${tail} = ${grouped(all.conv)}`);
      const inner = `${k}·${k}·${channels} + ${channels}·${filters}${tail}`;
      put(made.separableText,
        `SeparableConv2D: ${front ? `${front}(${inner})` : inner} = ${grouped(all.separable)}`);
      const largest = Math.max(all.conv, all.separable);
      for (const part of ["conv", "depthwise", "pointwise", "bias"])
        made[part].style.width = `${(100 * all[part]) / largest}%`;
    }
    const part = number(counts.params.separable / counts.params.conv);
    const theory = use_bias ? "" : t.theory(number(1 / filters + 1 / (k * k)));
    put(ratio, `${t.ratio(part, theory)} ${t.macsRatio(number(counts.macs.separable / counts.macs.conv))}`);
    if (spoken !== null && spoken !== ratio.textContent) put(live, ratio.textContent);
    spoken = ratio.textContent;
  }

  root.append(h("p", { class: "cvbook-note" }, t.guide),
    h("div", { class: "cvbook-bar" }, presets.element, bias.element),
    h("div", { class: "cvbook-sliders" }, ...sliders.map(([, one]) => one.element)),
    h("div", { class: "cvbook-counts" }, blocks.params.element, blocks.macs.element), legend, ratio, live);
  return { draw };
}

function render({ model, el }) {
  return mount({ model, el }, NAMES, (root, update) => build(root, update, model.get("lang")));
}

export default { render };
