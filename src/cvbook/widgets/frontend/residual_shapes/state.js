// Shapes on both sides of a residual connection.

/**
 * @typedef {[number, number, number]} Shape height, width and channels
 * @typedef {"identity" | "conv"} Shortcut
 * @typedef {"right" | "broadcast" | "wrong"} Verdict what `keras.layers.add` does
 * @typedef {object} State the traits of `ResidualShapes`
 * @property {number} size
 * @property {number} channels
 * @property {number} filters
 * @property {number} strides
 * @property {"same" | "valid"} padding
 * @property {boolean} pooling
 * @property {Shortcut} shortcut
 * @property {number} shortcut_filters
 * @property {number} shortcut_strides
 * @typedef {{ layer: string, shape: Shape }} Step a layer as code and its output shape; the
 *   identity has no code
 */

/**
 * Output length of a convolution along one axis.
 *
 * @param {number} n
 * @param {number} k
 * @param {number} strides
 * @param {"same" | "valid"} padding
 */
const convSize = (n, k, strides, padding) =>
  Math.ceil((padding === "same" ? n : Math.max(n - k + 1, 0)) / strides);

/** @param {number} strides */
export const stridesArgument = (strides) => (strides > 1 ? `, strides=${strides}` : "");

/** @param {State} state */
const paddingArgument = ({ padding }) => (padding === "same" ? ', padding="same"' : "");

/** @type {(n: number, channels: number) => Shape} */
const square = (n, channels) => [n, n, channels];

/**
 * The layers of the block.
 *
 * @param {State} state
 * @returns {Step[]}
 */
export function blockSteps(state) {
  const { size, filters, strides, padding, pooling } = state;
  const same = paddingArgument(state);
  const first = convSize(size, 3, strides, padding);
  const second = convSize(first, 3, 1, padding);
  const steps = [
    {
      layer: `Conv2D(${filters}, 3${stridesArgument(strides)}${same})`,
      shape: square(first, filters),
    },
    { layer: `Conv2D(${filters}, 3${same})`, shape: square(second, filters) },
  ];
  if (pooling) {
    const shape = square(Math.ceil(second / 2), filters);
    steps.push({ layer: 'MaxPooling2D(2, padding="same")', shape });
  }
  return steps;
}

/**
 * The layers of the shortcut.
 *
 * @param {State} state
 * @returns {Step[]}
 */
export function shortcutSteps(state) {
  const { size, channels, shortcut, shortcut_filters, shortcut_strides } = state;
  if (shortcut === "identity") return [{ layer: "", shape: square(size, channels) }];
  const layer = `Conv2D(${shortcut_filters}, 1${stridesArgument(shortcut_strides)})`;
  const shape = square(convSize(size, 1, shortcut_strides, "valid"), shortcut_filters);
  return [{ layer, shape }];
}

/**
 * Output shapes of block and shortcut, what `add` does with them, and settings that make them
 * equal.
 *
 * @param {State} state
 */
export function compareShapes(state) {
  const block = /** @type {Step} */ (blockSteps(state).at(-1)).shape;
  const shortcut = /** @type {Step} */ (shortcutSteps(state).at(-1)).shape;
  const sizeFits = block[0] === shortcut[0];
  const channelsFit = block[2] === shortcut[2];
  /** @type {Verdict} */
  let verdict = "wrong";
  if (sizeFits && channelsFit) verdict = "right";
  else if (sizeFits && (block[2] === 1 || shortcut[2] === 1)) verdict = "broadcast";
  const remedy = verdict === "right" ? {} : findRemedy(state, block);
  return { block, shortcut, sizeFits, channelsFit, verdict, remedy };
}

/**
 * Settings with which the shortcut gets the block's shape.
 *
 * @param {State} state
 * @param {Shape} block
 * @returns {Partial<State>}
 */
function findRemedy({ size, channels }, [height, , filters]) {
  let strides = 1;
  while (strides <= size && Math.ceil(size / strides) !== height) strides++;
  if (strides > size) return { padding: "same" };
  if (strides === 1 && channels === filters) return { shortcut: "identity" };
  return { shortcut: "conv", shortcut_filters: filters, shortcut_strides: strides };
}

/**
 * Keras code of the block.
 *
 * @param {State} state
 */
export function code(state) {
  const { size, channels, filters, strides, pooling, shortcut } = state;
  const same = paddingArgument(state);
  const conv = (/** @type {string} */ rest) => `x = layers.Conv2D(${filters}, 3${rest}`;
  return [
    `inputs = keras.Input(shape=(${size}, ${size}, ${channels}))`,
    conv(`${stridesArgument(strides)}, activation="relu"${same})(inputs)`),
    conv(`, activation="relu"${same})(x)`),
    ...(pooling ? ['x = layers.MaxPooling2D(2, padding="same")(x)'] : []),
    shortcut === "conv"
      ? `residual = layers.${shortcutSteps(state)[0].layer}(inputs)`
      : "residual = inputs",
    "x = layers.add([x, residual])",
  ].join("\n");
}
