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
    movingMean: "이동 평균의 평균", movingStd: "이동 분산의 제곱근",
    histogram: (c, from, to) => `채널 ${c}: 평균 ${from.mean}, 표준편차 ${from.std}에서 평균 ${to.mean}, 표준편차 ${to.std}로.`,
    drift: "이동 평균이 배치마다 참값(점선)으로 다가가는 모습. 점은 배치의 평균이다.",
    training_note: "훈련: 이 배치의 평균과 분산으로 정규화한다. 어떤 채널이든 평균은 β, 표준편차는 γ가 된다.",
    inference_note: (n) => n < 10
      ? "추론: 이동 평균으로 정규화한다. 아직 덜 모여서 나간 값이 0 둘레에 놓이지 않는다. 배치를 더 보여 주자."
      : "추론: 이동 평균으로 정규화한다. 다른 사진이 무엇이든 같은 사진은 같은 값이 된다.",
  },
  en: {
    gamma: "Gamma γ", beta: "Beta β", momentum: "Momentum", batch_size: "Batch size",
    mode: "Mode", training: "training", inference: "inference", activation: "ReLU",
    none: "none", before: "normalize → ReLU", after: "ReLU → normalize",
    next: "Next batch", ten: "10 batches", again: "Start over", seen: (n) => `trained on ${n} batches`,
    input: "What enters", output: "What leaves", channel: "Channel", mean: "mean", std: "std",
    movingMean: "moving mean", movingStd: "root of moving variance",
    histogram: (c, from, to) => `Channel ${c}: mean ${from.mean}, std ${from.std} became mean ${to.mean}, std ${to.std}.`,
    drift: "The moving mean nears the true mean (dashed) batch by batch. Dots are the batches' means.",
    training_note: "Training: normalized by this batch's mean and variance. Every channel ends with mean β and std γ.",
    inference_note: (n) => n < 10
      ? "Inference: normalized by the moving averages, which are not there yet. Show it more batches."
      : "Inference: normalized by the moving averages. A picture's values depend on no other picture.",
  },
};

const NAMES = ["gamma", "beta", "momentum", "batch_size", "steps", "mode", "activation"];
const LOW = -6, HIGH = 6, BINS = 32, WIDTH = 240, HEIGHT = 70;

function histogram(values) {
  const counts = new Array(BINS).fill(0);
  for (const value of values)
    counts[clamp(Math.floor(((value - LOW) / (HIGH - LOW)) * BINS), 0, BINS - 1)]++;
  return counts.map((count) => count / values.length);
}

/** A histogram that is drawn again by moving its bars. */
function bars(colour) {
  const step = WIDTH / BINS;
  const rects = Array.from({ length: BINS }, (_, index) =>
    h("rect", { x: index * step + 0.5, width: step - 1, class: colour }));
  const line = h("line", { y1: 0, y2: HEIGHT, class: "cvbook-mean" });
  const zero = h("line", { x1: WIDTH / 2, x2: WIDTH / 2, y1: 0, y2: HEIGHT, class: "cvbook-axis" });
  const tick = (value) => h("text", { x: ((value - LOW) / (HIGH - LOW)) * WIDTH, y: HEIGHT + 17,
    "text-anchor": "middle" }, number(value));
  const element = h("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT + 22}`, "aria-hidden": "true" },
    zero, ...rects, line, h("line", { x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT, class: "cvbook-axis" }),
    tick(-4), tick(0), tick(4));
  const draw = (values, centre) => {
    const shares = histogram(values), most = Math.max(...shares);
    shares.forEach((share, index) => {
      const height = (HEIGHT * share) / most;
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
  const chart = h("svg", { viewBox: "0 0 520 150", role: "img" });
  const note = h("p", { class: "cvbook-explain" });
  const live = liveRegion();
  let spoken = null;

  function drawChart(state) {
    const { moving, batches } = drift(state);
    const last = Math.max(10, state.steps);
    const x = (step) => 34 + (480 * step) / last, y = (value) => 75 - 20 * clamp(value, -3.4, 3.4);
    const parts = [-3, 0, 3].flatMap((value) => [
      h("line", { x1: 34, x2: 514, y1: y(value), y2: y(value), class: "cvbook-axis" }),
      h("text", { x: 28, y: y(value) + 4, "text-anchor": "end" }, number(value))]);
    CHANNELS.forEach(([centre], channel) => {
      if (state.activation !== "after")
        parts.push(h("line", { x1: 34, x2: 514, y1: y(centre), y2: y(centre), class: `dashed channel${channel}` }));
      parts.push(...batches.map((one, step) =>
        h("circle", { cx: x(step + 1), cy: y(one[channel].mean), r: 2, class: `channel${channel}` })));
      const path = moving.map((one, step) => `${x(step).toFixed(1)},${y(one[channel].mean).toFixed(1)}`);
      parts.push(h("path", { d: `M${path.join("L")}`, class: `curve channel${channel}` }));
    });
    chart.replaceChildren(...parts);
    const now = moving.at(-1).map((one, channel) => `${t.channel} ${channel}: ${number(one.mean)}`).join(", ");
    attribute(chart, "aria-label", `${t.drift} ${now}`);
  }

  function draw(state) {
    for (const [name, one] of Object.entries(sliders)) one.draw(state[name]);
    mode.draw(state.mode);
    activation.draw(state.activation);
    put(seen, t.seen(state.steps));
    const { input, output } = normalize(state);
    rows.forEach(({ from, to, caption, picture }, channel) => {
      const [a, b] = [input[channel], output[channel]].map((values) => {
        const { mean, variance } = moments(values);
        return { raw: mean, mean: number(mean), std: number(Math.sqrt(variance)) };
      });
      from.draw(input[channel], a.raw);
      to.draw(output[channel], b.raw);
      const text = t.histogram(channel, a, b);
      put(caption, `${t.mean} ${a.mean} → ${b.mean}, ${t.std} ${a.std} → ${b.std}`);
      attribute(picture, "aria-label", text);
    });
    drawChart(state);
    put(note, state.mode === "training" ? t.training_note : t.inference_note(state.steps));
    const said = `${seen.textContent}. ${note.textContent} ${rows.map(({ caption }) => caption.textContent).join("; ")}`;
    if (spoken !== null && said !== spoken) put(live, said);
    spoken = said;
  }

  root.append(
    h("div", { class: "cvbook-bar" }, mode.element, activation.element),
    h("div", { class: "cvbook-sliders" }, ...Object.values(sliders).map((one) => one.element)),
    h("div", { class: "cvbook-bar" }, button(t.next, by(1)), button(t.ten, by(10)),
      button(t.again, () => update({ steps: 0 })), seen),
    note,
    h("div", { class: "cvbook-pair cvbook-head", "aria-hidden": "true" }, h("span", {}, t.input), h("span", {}, t.output)),
    ...rows.map((row) => row.element),
    h("p", { class: "cvbook-note", "aria-hidden": "true" }, t.drift), chart, live);
  return { draw };
}

function render({ model, el }) {
  return mount({ model, el }, NAMES, (root, update, read) => build(root, update, read, model.get("lang")));
}

export default { render };
