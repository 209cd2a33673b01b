// The receptive field of a stack of convolutions and poolings.

/**
 * @typedef {[number, number]} Layer kernel_size and strides
 * @typedef {object} State the traits of `ReceptiveField`
 * @property {Layer[]} layers
 * @property {string} picture
 * @property {number} side
 * @property {number} step
 */

export const MOST = 20;

/**
 * Side of the receptive field, and distance of two neighbours in input pixels, after 0, 1, …
 * layers.
 *
 * @param {Layer[]} layers
 */
export function fields(layers) {
  let [field, jump] = [1, 1];
  const found = [{ field, jump }];
  for (const [kernelSize, strides] of layers) {
    field += (kernelSize - 1) * jump;
    jump *= strides;
    found.push({ field, jump });
  }
  return found;
}

/** @type {(count: number, layer: Layer) => Layer[]} */
const repeat = (count, [kernelSize, strides]) =>
  Array.from({ length: count }, () => [kernelSize, strides]);

/** @type {Layer[][]} convolutions alone, with strides, with poolings as in VGG16 */
export const PRESETS = [
  repeat(10, [3, 1]),
  repeat(5, [3, 2]),
  [2, 2, 3, 3].flatMap((count) => [...repeat(count, [3, 1]), ...repeat(1, [2, 2])]),
];

/**
 * The index of the preset that the state shows, or -1.
 *
 * @param {State} state
 */
export const presetIndex = ({ layers }) =>
  PRESETS.findIndex((preset) => JSON.stringify(preset) === JSON.stringify(layers));

/**
 * The layers with another one at a place.
 *
 * @param {State} state
 * @param {Partial<{ kernelSize: number, strides: number }>} change
 * @returns {Layer[]}
 */
export function changeLayer({ layers, step }, { kernelSize, strides }) {
  return layers.map((layer, n) =>
    n === step - 1 ? [kernelSize ?? layer[0], strides ?? layer[1]] : layer,
  );
}
