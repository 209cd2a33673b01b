// Batch normalization on a stream of batches of feature maps with three channels.

/**
 * @typedef {object} State the traits of `BatchNormPlayground`
 * @property {number} gamma
 * @property {number} beta
 * @property {number} momentum
 * @property {number} batch_size
 * @property {number} steps
 * @property {"training" | "inference"} mode
 * @property {"none" | "before" | "after"} activation
 * @typedef {{ mean: number, variance: number }} Moments
 */

/** Per channel: mean, spread from picture to picture, spread from pixel to pixel. */
const CHANNELS = [
  [2, 0.6, 0.5],
  [-1, 0.3, 0.2],
  [0.5, 2, 1.5],
];
const PIXELS = 9;
const EPSILON = 1e-3;

/** Moments of each channel over all data. */
export const TRUE_MOMENTS = CHANNELS.map(([centre, between, within]) => ({
  mean: centre,
  variance: between ** 2 + within ** 2,
}));

/**
 * A generator of numbers in (0, 1]: mulberry32.
 *
 * @param {number} seed
 */
function uniform(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 1) / 4294967296;
  };
}

/**
 * Values of a batch, one list per channel; the same for the same index.
 *
 * @param {number} index
 * @param {number} batchSize
 */
export function batch(index, batchSize) {
  const draw = uniform(index + 1);
  const normal = () => Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());
  /** @type {number[][]} */
  const channels = CHANNELS.map(() => []);
  for (let picture = 0; picture < batchSize; picture++) {
    CHANNELS.forEach(([mean, between, within], channel) => {
      const centre = mean + between * normal();
      for (let pixel = 0; pixel < PIXELS; pixel++) {
        channels[channel].push(centre + within * normal());
      }
    });
  }
  return channels;
}

/** @param {number[]} values */
const relu = (values) => values.map((value) => Math.max(value, 0));

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * @param {number[]} values
 * @returns {Moments}
 */
export function moments(values) {
  const centre = mean(values);
  return { mean: centre, variance: mean(values.map((value) => (value - centre) ** 2)) };
}

/** @type {Map<string, Moments[]>} drawing batches anew takes most of the time of a redraw */
const momentsCache = new Map();

/**
 * Moments of each channel of a batch.
 *
 * @param {number} index
 * @param {State} state
 */
function batchMoments(index, { batch_size, activation }) {
  const afterRelu = activation === "after";
  const key = `${index} ${batch_size} ${afterRelu}`;
  let found = momentsCache.get(key);
  if (!found) {
    found = batch(index, batch_size).map((values) => moments(afterRelu ? relu(values) : values));
    momentsCache.set(key, found);
  }
  return found;
}

/**
 * Moving averages of each channel before training and after each batch, and the batches' moments.
 *
 * @param {State} state
 */
export function movingStatistics(state) {
  const { steps, momentum } = state;
  let current = CHANNELS.map(() => ({ mean: 0, variance: 1 }));
  const moving = [current];
  const batches = [];
  for (let index = 0; index < steps; index++) {
    const seen = batchMoments(index, state);
    batches.push(seen);
    current = current.map((old, channel) => ({
      mean: momentum * old.mean + (1 - momentum) * seen[channel].mean,
      variance: momentum * old.variance + (1 - momentum) * seen[channel].variance,
    }));
    moving.push(current);
  }
  return { moving, batches, latest: current };
}

/**
 * Input and output of the normalization, one list of values per channel, and the moving averages.
 *
 * @param {State} state
 */
export function normalize(state) {
  const { gamma, beta, mode, activation, steps, batch_size } = state;
  const raw = batch(steps, batch_size);
  const input = activation === "after" ? raw.map(relu) : raw;
  const moving = movingStatistics(state).latest;
  const output = input.map((values, channel) => {
    const used = mode === "training" ? moments(values) : moving[channel];
    const scale = gamma / Math.sqrt(used.variance + EPSILON);
    const scaled = values.map((value) => (value - used.mean) * scale + beta);
    return activation === "before" ? relu(scaled) : scaled;
  });
  return { input, output, moving };
}

/** The range of the histograms, and their number of bins. */
export const [LOW, HIGH, BINS] = [-8, 8, 64];

/**
 * Counts per bin; values outside the range are not counted.
 *
 * @param {number[]} values
 */
export function histogram(values) {
  /** @type {number[]} */
  const counts = new Array(BINS).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - LOW) / (HIGH - LOW)) * BINS);
    if (bin >= 0 && bin < BINS) counts[bin]++;
  }
  return counts;
}

/**
 * Share of values outside the range of the histograms, in percent.
 *
 * @param {number[]} values
 */
export const outsideShare = (values) =>
  Math.round((100 * values.filter((value) => value < LOW || value >= HIGH).length) / values.length);
