// Batch normalization on a stream of batches of feature maps with three channels.

// Per channel: mean, spread from picture to picture, spread from pixel to pixel.
const CHANNELS = [[2, 0.6, 0.5], [-1, 0.3, 0.2], [0.5, 2, 1.5]];
const PIXELS = 9, EPSILON = 1e-3, LAST = 100;

/** Draw from (0, 1] by mulberry32. */
function uniform(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 1) / 4294967296;
  };
}

/** Values of batch number `index`, one list per channel; always the same. */
export function batch(index, batchSize) {
  const draw = uniform(index + 1);
  const normal = () => Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());
  const channels = CHANNELS.map(() => []);
  for (let picture = 0; picture < batchSize; picture++)
    CHANNELS.forEach(([mean, between, within], channel) => {
      const centre = mean + between * normal();
      for (let pixel = 0; pixel < PIXELS; pixel++) channels[channel].push(centre + within * normal());
    });
  return channels;
}

const relu = (values) => values.map((value) => Math.max(value, 0));
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
export function moments(values) {
  const centre = mean(values);
  return { mean: centre, variance: mean(values.map((value) => (value - centre) ** 2)) };
}

const known = new Map(); // moments of whole batches: drawing them anew costs most of a redraw
function batchMoments(index, batchSize, clipped) {
  const key = `${index} ${batchSize} ${clipped}`;
  if (!known.has(key))
    known.set(key, batch(index, batchSize).map((v) => moments(clipped ? relu(v) : v)));
  return known.get(key);
}

/** Batch moments and moving averages, step by step. */
export function drift({ steps, batch_size, momentum, activation }) {
  let now = CHANNELS.map(() => ({ mean: 0, variance: 1 }));
  const moving = [now], batches = [];
  for (let index = 0; index < steps; index++) {
    const seen = batchMoments(index, batch_size, activation === "after");
    batches.push(seen);
    now = now.map((old, channel) => ({
      mean: momentum * old.mean + (1 - momentum) * seen[channel].mean,
      variance: momentum * old.variance + (1 - momentum) * seen[channel].variance,
    }));
    moving.push(now);
  }
  return { moving, batches };
}

/** What enters and leaves the normalization, one list of values per channel. */
export function normalize(state) {
  const { gamma, beta, mode, activation, steps, batch_size } = state;
  const raw = batch(steps, batch_size);
  const input = activation === "after" ? raw.map(relu) : raw;
  const moving = drift(state).moving.at(-1);
  const output = input.map((values, channel) => {
    const used = mode === "training" ? moments(values) : moving[channel];
    const scale = gamma / Math.sqrt(used.variance + EPSILON);
    const scaled = values.map((value) => (value - used.mean) * scale + beta);
    return activation === "before" ? relu(scaled) : scaled;
  });
  return { input, output, moving };
}

const TEXTS = {
  ko: {
    gamma: "감마 γ", beta: "베타 β", momentum: "모멘텀", batch_size: "배치 크기",
    mode: "계산", training: "훈련", inference: "추론", activation: "ReLU",
    none: "없음", before: "정규화 → ReLU", after: "ReLU → 정규화",
    next: "다음 배치", ten: "배치 10개", again: "처음부터", seen: (n) => `배치 ${n}개로 훈련함`,
    input: "정규화에 들어온 값", output: "나간 값", channel: "채널", mean: "평균", std: "표준편차",
    drift: { mean: "이동 평균", std: "이동 분산의 제곱근" }, batches: "배치",
    guide: "배치를 더 보여 주며 이동 통계가 언제 참값에 다가가는지, 그때 추론의 결과는 어떻게 되는지 살펴보자.",
    legend: "선은 이동 통계, 점은 배치마다의 값이다.", dashes: " 점선은 데이터 전체의 참값이다.",
    outside: (share) => ` (${share}%는 그림 밖)`,
    histogram: (c, from, to) => `채널 ${c}: 평균 ${from.mean}, 표준편차 ${from.std}에서 평균 ${to.mean}, 표준편차 ${to.std}로.`,
    training_note: "훈련: 이 배치의 평균과 분산으로 정규화한다. 채널마다 평균은 β, 표준편차는 γ가 된다.",
    flat: " ReLU를 지나며 거의 0만 남은 채널은 분산이 ε만큼 작아 표준편차가 γ에 못 미친다.",
    inference_note: (momentum, n, share) => "추론: 배치와 상관없이 이동 통계로 정규화한다. " + (share > 5
      ? `이동 통계에 처음 값(평균 0, 분산 1)의 몫이 ${momentum}^${n} = ${share}% 남아 있다. 배치를 더 보여 주자.`
      : "처음 값의 몫은 거의 사라졌다. 배치에 어떤 사진이 함께 있든 같은 사진은 같은 값이 된다."),
    clipped: " 그다음 ReLU가 음수를 0으로 바꾼다.",
  },
  en: {
    gamma: "Gamma γ", beta: "Beta β", momentum: "Momentum", batch_size: "Batch size",
    mode: "Mode", training: "training", inference: "inference", activation: "ReLU",
    none: "none", before: "normalize → ReLU", after: "ReLU → normalize",
    next: "Next batch", ten: "10 batches", again: "Start over", seen: (n) => `trained on ${n} batches`,
    input: "What enters", output: "What leaves", channel: "Channel", mean: "mean", std: "std",
    drift: { mean: "Moving mean", std: "Root of the moving variance" }, batches: "batches",
    guide: "Show it more batches: when do the moving statistics near the true values, and what does inference give then?",
    legend: "Lines are moving statistics, dots the batches' own.", dashes: " Dashed lines are the true values of all data.",
    outside: (share) => ` (${share}% outside)`,
    histogram: (c, from, to) => `Channel ${c}: mean ${from.mean}, std ${from.std} became mean ${to.mean}, std ${to.std}.`,
    training_note: "Training: normalized by this batch's mean and variance. Every channel gets mean β and std γ.",
    flat: " A channel of which the ReLU left hardly more than zeros varies as little as ε, so its std stays below γ.",
    inference_note: (momentum, n, share) => "Inference: normalized by the moving statistics, whatever the batch. " + (share > 5
      ? `The share of their start (mean 0, variance 1) is still ${momentum}^${n} = ${share}%. Show it more batches.`
      : "Their start is all but forgotten. A picture's values depend on no other picture."),
    clipped: " Then the ReLU sets negative values to 0.",
  },
};

const NAMES = ["gamma", "beta", "momentum", "batch_size", "steps", "mode", "activation"];
const LOW = -8, HIGH = 8, BINS = 64, WIDTH = 240, HEIGHT = 70;

/** Counts per bin; what lies outside is left out, and told in words. */
function histogram(values) {
  const counts = new Array(BINS).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - LOW) / (HIGH - LOW)) * BINS);
    if (bin >= 0 && bin < BINS) counts[bin]++;
  }
  return counts;
}
const outside = (values) =>
  Math.round((100 * values.filter((value) => value < LOW || value >= HIGH).length) / values.length);

/** The moving statistics that are drawn: their range, and the true value of a channel. */
const CHARTS = {
  mean: { low: -2, high: 3, ticks: [-2, 0, 2], of: (one) => one.mean, truth: ([centre]) => centre },
  std: { low: 0, high: 4, ticks: [0, 2, 4], of: (one) => Math.sqrt(one.variance),
    truth: ([, between, within]) => Math.hypot(between, within) },
};

/** A histogram that is drawn again by moving its bars. */
function bars(colour) {
  const step = WIDTH / BINS;
  const rects = Array.from({ length: BINS }, (_, index) =>
    h("rect", { x: index * step + 0.25, width: step - 0.5, class: colour }));
  const line = h("line", { y1: 0, y2: HEIGHT, class: "cvbook-mean" });
  const zero = h("line", { x1: WIDTH / 2, x2: WIDTH / 2, y1: 0, y2: HEIGHT, class: "cvbook-axis" });
  const tick = (value) => h("text", { x: ((value - LOW) / (HIGH - LOW)) * WIDTH, y: HEIGHT + 13,
    "text-anchor": "middle" }, number(value));
  const element = h("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT + 18}`, "aria-hidden": "true" },
    zero, ...rects, line, h("line", { x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT, class: "cvbook-axis" }),
    ...[-6, -3, 0, 3, 6].map(tick));
  const draw = (values, centre) => {
    const counts = histogram(values), most = Math.max(...counts, 1);
    counts.forEach((count, index) => {
      const height = (HEIGHT * count) / most;
      rects[index].setAttribute("height", height);
      rects[index].setAttribute("y", HEIGHT - height);
    });
    const x = ((clamp(centre, LOW, HIGH) - LOW) / (HIGH - LOW)) * WIDTH;
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
  };
  return { element, draw };
}

function build(root, update, read, lang) {
  const t = TEXTS[lang] ?? TEXTS.ko;
  const set = (name) => (value) => update({ [name]: value });
  const sliders = {
    gamma: slider(t.gamma, 0, 3, 0.1, set("gamma")), beta: slider(t.beta, -3, 3, 0.1, set("beta")),
    momentum: slider(t.momentum, 0, 0.99, 0.01, set("momentum")),
    batch_size: slider(t.batch_size, 2, 32, 1, set("batch_size")),
  };
  const mode = choice(t.mode, ["training", "inference"].map((m) => [m, t[m]]), set("mode"));
  const activation = choice(t.activation, ["none", "before", "after"].map((a) => [a, t[a]]), set("activation"));
  const by = (count) => () => update({ steps: Math.min(read().steps + count, LAST) });
  const button = (text, act) => h("button", { type: "button", onclick: act }, text);
  const seen = h("span", { class: "cvbook-note" });
  const rows = CHANNELS.map((_, channel) => {
    const [from, to] = [bars(`channel${channel}`), bars(`channel${channel}`)];
    const caption = h("p", { class: "cvbook-note" });
    const picture = h("div", { role: "img", class: "cvbook-pair" }, from.element, to.element);
    return { from, to, caption, picture,
      element: h("section", {}, h("div", { class: "cvbook-caption" }, `${t.channel} ${channel}`), picture, caption) };
  });
  const charts = Object.fromEntries(Object.keys(CHARTS).map((key) => {
    const picture = h("svg", { viewBox: "0 0 360 170", role: "img" });
    return [key, { picture, element: h("section", {}, h("div", { class: "cvbook-caption" }, t.drift[key]), picture) }];
  }));
  const legend = h("p", { class: "cvbook-note" });
  const note = h("p", { class: "cvbook-explain" });
  const live = liveRegion();
  let spoken = null;

  function drawCharts(state) {
    const { moving, batches } = drift(state);
    for (const [key, { low, high, ticks, of, truth }] of Object.entries(CHARTS)) {
      const last = Math.max(10, state.steps);
      const x = (step) => 26 + (280 * step) / last;
      const y = (value) => 140 - (130 * (clamp(value, low, high) - low)) / (high - low);
      const level = (at, look) => h("line", { x1: 26, x2: 306, y1: y(at), y2: y(at), class: look });
      const write = (left, top, anchor, text, look = "") =>
        h("text", { x: left, y: top, "text-anchor": anchor, class: look }, text);
      const parts = ticks.flatMap((value) =>
        [level(value, "cvbook-axis"), write(20, y(value) + 4, "end", number(value))]);
      parts.push(write(26, 160, "middle", "0"), write(166, 160, "middle", t.batches), write(306, 160, "middle", String(last)));
      CHANNELS.forEach((one, channel) => {
        if (state.activation !== "after") parts.push(level(truth(one), `dashed channel${channel}`));
        parts.push(...batches.map((seen, step) =>
          h("circle", { cx: x(step + 1), cy: y(of(seen[channel])), r: 2, class: `channel${channel}` })));
        const path = moving.map((seen, step) => `${x(step).toFixed(1)},${y(of(seen[channel])).toFixed(1)}`);
        parts.push(h("path", { d: `M${path.join("L")}`, class: `curve channel${channel}` }));
      });
      // Names stand where the lines are bound, or have come to, and keep clear of each other.
      const ends = CHANNELS.map((one, channel) => ({ channel,
        top: 4 + y(state.activation === "after" ? of(moving.at(-1)[channel]) : truth(one)) }));
      ends.sort((a, b) => a.top - b.top).forEach((end, i) => {
        if (i) end.top = Math.max(end.top, ends[i - 1].top + 15);
        parts.push(write(311, end.top, "start", `${t.channel} ${end.channel}`, `name channel${end.channel}`));
      });
      charts[key].picture.replaceChildren(...parts);
      const now = moving.at(-1).map((one, channel) => `${t.channel} ${channel}: ${number(of(one))}`).join(", ");
      attribute(charts[key].picture, "aria-label", `${t.drift[key]} ${now}`);
    }
  }

  function draw(state) {
    for (const [name, one] of Object.entries(sliders)) one.draw(state[name]);
    mode.draw(state.mode);
    activation.draw(state.activation);
    put(seen, t.seen(state.steps));
    let flat = false;
    const { input, output } = normalize(state);
    rows.forEach(({ from, to, caption, picture }, channel) => {
      const [a, b] = [input[channel], output[channel]].map((values) => {
        const { mean, variance } = moments(values);
        return { raw: mean, variance, mean: number(mean), std: number(Math.sqrt(variance)) };
      });
      from.draw(input[channel], a.raw);
      to.draw(output[channel], b.raw);
      const text = t.histogram(channel, a, b);
      const lost = outside(output[channel]);
      put(caption, `${t.mean} ${a.mean} → ${b.mean}, ${t.std} ${a.std} → ${b.std}${lost ? t.outside(lost) : ""}`);
      flat ||= a.variance < 0.05;
      attribute(picture, "aria-label", text);
    });
    drawCharts(state);
    put(legend, t.legend + (state.activation === "after" ? "" : t.dashes));
    const share = Math.round(100 * state.momentum ** state.steps);
    put(note, (state.mode === "training"
      ? t.training_note + (flat ? t.flat : "")
      : t.inference_note(number(state.momentum), state.steps, share)) + (state.activation === "before" ? t.clipped : ""));
    const said = `${seen.textContent}. ${note.textContent} ${rows.map(({ caption }) => caption.textContent).join("; ")}`;
    if (spoken !== null && said !== spoken) put(live, said);
    spoken = said;
  }

  root.append(h("p", { class: "cvbook-note" }, t.guide),
    h("div", { class: "cvbook-bar" }, mode.element, activation.element),
    h("div", { class: "cvbook-sliders" }, ...Object.values(sliders).map((one) => one.element)),
    h("div", { class: "cvbook-bar tight" }, button(t.next, by(1)), button(t.ten, by(10)),
      button(t.again, () => update({ steps: 0 })), seen),
    note,
    h("div", { class: "cvbook-pair cvbook-head", "aria-hidden": "true" }, h("span", {}, t.input), h("span", {}, t.output)),
    ...rows.map((row) => row.element),
    h("div", { class: "cvbook-drift" }, ...Object.values(charts).map((one) => one.element)),
    legend, live);
  return { draw };
}

function render({ model, el }) {
  return mount({ model, el }, NAMES, (root, update, read) => build(root, update, read, model.get("lang")));
}

export default { render };
