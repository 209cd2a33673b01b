// The texts of the widget in each language.

/**
 * @typedef {"guide" | "rate" | "epoch" | "until" | "model" | "legend" | "table"} Label
 * @typedef {object} Messages
 * @property {(diverged: number, seeds: number) => string} diverged
 * @property {(rate: number, epoch: number, seeds: number) => string} place
 * @typedef {Record<Label, string> & Messages} Texts
 */

/** @type {Texts} */
const ko = {
  guide: "학습률과 에포크를 바꾸며 어느 모델의 손실이 줄어드는지 본다.",
  rate: "학습률",
  epoch: "에포크",
  until: "읽을 에포크",
  model: "모델",
  legend:
    "가는 선은 시드 하나, 굵은 선은 발산하지 않은 시드의 평균, 가로 점선은 무작위 추측의 손실이다.",
  table: "읽는 에포크의 훈련 손실, 학습률마다",
  diverged: (diverged, seeds) => `발산 ${diverged}/${seeds}`,
  place: (rate, epoch, seeds) => `학습률 ${rate}, ${epoch}에포크의 훈련 손실(시드 ${seeds}개)`,
};

/** @type {Texts} */
const en = {
  guide: "Change the learning rate and the epoch: which model's loss falls?",
  rate: "Learning rate",
  epoch: "epochs",
  until: "Epoch to read",
  model: "Model",
  legend:
    "Thin: one seed. Thick: mean of the seeds that do not diverge. Dotted: the loss of guessing.",
  table: "Training loss at that epoch, by learning rate",
  diverged: (diverged, seeds) => `${diverged}/${seeds} diverged`,
  place: (rate, epoch, seeds) => `Training loss at rate ${rate}, epoch ${epoch} (${seeds} seeds)`,
};

export const TEXTS = { ko, en };
