// Losses of stored runs: mean and spread over seeds, without the runs that diverged.

/**
 * @typedef {object} State the traits of `LearningRates`
 * @property {string[]} models
 * @property {number[]} rates
 * @property {number[][][][]} losses of each model, seed, rate and epoch
 * @property {number} limit a run with such a loss has diverged
 * @property {number} chance
 * @property {number} rate the index of the one that is shown
 * @property {number} epoch from 1
 * @typedef {object} Summary
 * @property {number} seeds
 * @property {number} diverged how many of them
 * @property {number} mean of the others
 * @property {number} spread their sample standard deviation
 */

/**
 * Losses of each seed by epoch.
 *
 * @param {State} state
 * @param {number} model
 * @param {number} rate
 */
export const curves = ({ losses }, model, rate) => losses[model].map((seed) => seed[rate]);

/**
 * @param {State} state
 * @param {number} model
 * @param {number} rate
 * @returns {Summary}
 */
export function summarize(state, model, rate) {
  const all = curves(state, model, rate).map((losses) => losses[state.epoch - 1]);
  const values = all.filter((loss) => loss < state.limit);
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const spread = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
  return { seeds: all.length, diverged: all.length - values.length, mean, spread };
}

/**
 * The mean of each epoch over the seeds that never diverge.
 *
 * @param {State} state
 * @param {number} model
 * @param {number} rate
 */
export function meanCurve(state, model, rate) {
  const kept = curves(state, model, rate).filter((losses) => Math.max(...losses) < state.limit);
  if (!kept.length) return [];
  return kept[0].map((_, n) => kept.reduce((sum, losses) => sum + losses[n], 0) / kept.length);
}
