// The texts of the widget in each language.

/**
 * @typedef {"gamma" | "beta" | "momentum" | "batch_size" | "mode" | "training" | "inference"
 *   | "activation" | "none" | "before" | "after" | "next" | "ten" | "again" | "input" | "output"
 *   | "channel" | "mean" | "std" | "batches" | "guide" | "legend" | "dashes" | "trainingNote"
 *   | "flat" | "clipped"} Label
 * @typedef {{ mean: string, std: string }} Summary
 * @typedef {object} Messages
 * @property {(n: number) => string} seen
 * @property {{ mean: string, std: string }} moving
 * @property {(share: number) => string} outside
 * @property {(channel: number, input: Summary, output: Summary) => string} histogram
 * @property {(momentum: string, n: number, share: number) => string} inferenceNote
 * @typedef {Record<Label, string> & Messages} Texts
 */

/** @type {Texts} */
const ko = {
  gamma: "감마 γ",
  beta: "베타 β",
  momentum: "모멘텀",
  batch_size: "배치 크기",
  mode: "계산",
  training: "훈련",
  inference: "추론",
  activation: "ReLU",
  none: "없음",
  before: "정규화 → ReLU",
  after: "ReLU → 정규화",
  next: "다음 배치",
  ten: "배치 10개",
  again: "처음부터",
  seen: (n) => `배치 ${n}개로 훈련함`,
  input: "정규화에 들어온 값",
  output: "나간 값",
  channel: "채널",
  mean: "평균",
  std: "표준편차",
  moving: { mean: "이동 평균", std: "이동 분산의 제곱근" },
  batches: "배치",
  guide:
    "배치를 더 보여 주며 이동 통계가 언제 참값에 다가가는지, 그때 추론의 결과는 어떻게 되는지 살펴본다.",
  legend: "선은 이동 통계, 점은 배치마다의 값이다.",
  dashes: " 점선은 데이터 전체의 참값이다.",
  outside: (share) => ` (${share}%는 그림 밖)`,
  histogram: (c, input, output) =>
    `채널 ${c}: 평균 ${input.mean}, 표준편차 ${input.std}에서 평균 ${output.mean}, 표준편차 ${output.std}로.`,
  trainingNote:
    "훈련: 이 배치의 평균과 분산으로 정규화한다. 채널마다 평균은 β, 표준편차는 γ가 된다.",
  flat: " ReLU를 지나며 거의 0만 남은 채널은 분산이 ε만큼 작아 표준편차가 γ에 못 미친다.",
  inferenceNote: (momentum, n, share) =>
    "추론: 배치와 상관없이 이동 통계로 정규화한다. " +
    (share > 5
      ? `이동 통계에 처음 값(평균 0, 분산 1)의 몫이 ${momentum}^${n} = ${share}% 남아 있다. 배치를 더 보여 준다.`
      : "처음 값의 몫은 거의 사라졌다. 배치에 어떤 사진이 함께 있든 같은 사진은 같은 값이 된다."),
  clipped: " 그다음 ReLU가 음수를 0으로 바꾼다.",
};

/** @type {Texts} */
const en = {
  gamma: "Gamma γ",
  beta: "Beta β",
  momentum: "Momentum",
  batch_size: "Batch size",
  mode: "Mode",
  training: "training",
  inference: "inference",
  activation: "ReLU",
  none: "none",
  before: "normalize → ReLU",
  after: "ReLU → normalize",
  next: "Next batch",
  ten: "10 batches",
  again: "Start over",
  seen: (n) => `trained on ${n} batches`,
  input: "What enters",
  output: "What leaves",
  channel: "Channel",
  mean: "mean",
  std: "std",
  moving: { mean: "Moving mean", std: "Root of the moving variance" },
  batches: "batches",
  guide:
    "Show it more batches: when do the moving statistics near the true values, and what does inference give then?",
  legend: "Lines are moving statistics, dots the batches' own.",
  dashes: " Dashed lines are the true values of all data.",
  outside: (share) => ` (${share}% outside)`,
  histogram: (c, input, output) =>
    `Channel ${c}: mean ${input.mean}, std ${input.std} became mean ${output.mean}, std ${output.std}.`,
  trainingNote:
    "Training: normalized by this batch's mean and variance. Every channel gets mean β and std γ.",
  flat: " A channel of which the ReLU left hardly more than zeros varies as little as ε, so its std stays below γ.",
  inferenceNote: (momentum, n, share) =>
    "Inference: normalized by the moving statistics, whatever the batch. " +
    (share > 5
      ? `The share of their start (mean 0, variance 1) is still ${momentum}^${n} = ${share}%. Show it more batches.`
      : "Their start is all but forgotten. A picture's values depend on no other picture."),
  clipped: " Then the ReLU sets negative values to 0.",
};

export const TEXTS = { ko, en };
