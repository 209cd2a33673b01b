// Parameters and multiply-accumulates of Conv2D and SeparableConv2D, padding "same".

/**
 * @typedef {object} State the traits of `SeparableConvCounter`
 * @property {number} kernel_size
 * @property {number} channels
 * @property {number} filters
 * @property {number} size
 * @property {boolean} use_bias
 * @typedef {object} Counts of Conv2D, of SeparableConv2D, and of the latter's parts
 * @property {number} conv
 * @property {number} separable
 * @property {number} depthwise
 * @property {number} pointwise
 * @property {number} bias
 */

/**
 * Counts of both layers.
 *
 * @param {State} state
 * @returns {{ params: Counts, macs: Counts }}
 */
export function count({ kernel_size: k, channels, filters, size, use_bias }) {
  const bias = use_bias ? filters : 0;
  const pixels = size * size;
  const conv = k * k * channels * filters;
  const [depthwise, pointwise] = [k * k * channels, channels * filters];
  const separable = depthwise + pointwise;
  return {
    params: { conv: conv + bias, separable: separable + bias, depthwise, pointwise, bias },
    macs: {
      conv: pixels * conv,
      separable: pixels * separable,
      depthwise: pixels * depthwise,
      pointwise: pixels * pointwise,
      bias: 0,
    },
  };
}

/**
 * The counts of one kind as sums of products, written out.
 *
 * @param {State} state
 * @param {"params" | "macs"} kind
 */
export function formulas(state, kind) {
  const { kernel_size: k, channels, filters, size } = state;
  const counts = count(state)[kind];
  const pixels = kind === "macs" ? `${size}·${size}·` : "";
  const bias = counts.bias ? ` + ${filters}` : "";
  const sum = `${k}·${k}·${channels} + ${channels}·${filters}${bias}`;
  const grouped = (/** @type {number} */ value) => value.toLocaleString("en-US");
  return {
    conv: `${pixels}${k}·${k}·${channels}·${filters}${bias} = ${grouped(counts.conv)}`,
    separable: `${pixels ? `${pixels}(${sum})` : sum} = ${grouped(counts.separable)}`,
  };
}

/** The lecture's two examples. */
export const PRESETS = [3, 10].map((channels) => ({
  kernel_size: 3,
  channels,
  filters: 64,
  use_bias: false,
}));

/**
 * The index of the preset that the state shows, or -1.
 *
 * @param {State} state
 */
export const presetIndex = (state) =>
  PRESETS.findIndex(
    ({ kernel_size, channels, filters, use_bias }) =>
      state.kernel_size === kernel_size &&
      state.channels === channels &&
      state.filters === filters &&
      state.use_bias === use_bias,
  );
