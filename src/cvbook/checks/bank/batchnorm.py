"""Exercises of 06_batchnorm: the layer, its statistics, folding, freezing, reading curves."""

from typing import Any

import numpy as np

from cvbook import reference
from cvbook.checks.bank.registry import Assignment
from cvbook.reference import Array

bank = Assignment("06_batchnorm")

VARIANCE_AS_DEVIATION = "분산이 아니라 분산의 제곱근으로 나눕니다."
EPSILON_OUTSIDE = "`epsilon`은 제곱근 안에 더합니다."
GAMMA_IGNORED = "`gamma`를 곱하지 않았습니다."
BETA_IGNORED = "`beta`를 더하지 않았습니다."


# --- Oracles ------------------------------------------------------------------------------------


def _layer(x: Array, gamma: Array, beta: Array, epsilon: float, momentum: float) -> Any:
    """Build `keras.layers.BatchNormalization` with these parameters."""
    from keras import layers

    layer = layers.BatchNormalization(momentum=momentum, epsilon=epsilon, dtype="float64")
    layer.build(np.shape(x))
    layer.gamma.assign(gamma)
    layer.beta.assign(beta)
    return layer


@bank.oracle
def batch_norm_train(
    x: Array, gamma: Array, beta: Array, epsilon: float = 1e-3
) -> tuple[Array, Array, Array]:
    """`keras.layers.BatchNormalization` in training; momentum 0 exposes the batch's statistics."""
    layer = _layer(x, gamma, beta, epsilon, momentum=0.0)
    y = np.asarray(layer(np.asarray(x, float), training=True))
    return y, np.asarray(layer.moving_mean), np.asarray(layer.moving_variance)


bank.oracle(reference.update_moving)


@bank.oracle
def batch_norm_inference(
    x: Array,
    gamma: Array,
    beta: Array,
    moving_mean: Array,
    moving_variance: Array,
    epsilon: float = 1e-3,
) -> Array:
    """`keras.layers.BatchNormalization` in inference."""
    layer = _layer(x, gamma, beta, epsilon, momentum=0.99)
    layer.moving_mean.assign(moving_mean)
    layer.moving_variance.assign(moving_variance)
    return np.asarray(layer(np.asarray(x, float), training=False))


bank.oracle(reference.fold_batch_norm)
bank.without_oracle("freeze_batch_norm")
bank.without_oracle("diagnose")
bank.without_oracle("recalibrate")


# --- Misconceptions about training --------------------------------------------------------------

TrainResult = tuple[Any, Array, Array]


def _normalized(x: Array, mean: Array, deviation: Array, gamma: Any, beta: Any) -> Any:
    return (x - mean) / deviation * gamma + beta


def _statistics(x: Array) -> tuple[Array, Array]:
    return np.mean(x, axis=(0, 1, 2)), np.var(x, axis=(0, 1, 2))


@bank.misconception("batch_norm_train", EPSILON_OUTSIDE)
def train_epsilon_outside(
    x: Array, gamma: Array, beta: Array, epsilon: float = 1e-3
) -> TrainResult:
    mean, variance = _statistics(x)
    return _normalized(x, mean, np.sqrt(variance) + epsilon, gamma, beta), mean, variance


@bank.misconception("batch_norm_train", VARIANCE_AS_DEVIATION)
def train_variance_as_deviation(
    x: Array, gamma: Array, beta: Array, epsilon: float = 1e-3
) -> TrainResult:
    mean, variance = _statistics(x)
    return _normalized(x, mean, variance + epsilon, gamma, beta), mean, variance


@bank.misconception("batch_norm_train", GAMMA_IGNORED)
def train_gamma_ignored(x: Array, gamma: Array, beta: Array, epsilon: float = 1e-3) -> TrainResult:
    return reference.batch_norm_train(x, np.ones_like(gamma), beta, epsilon)


@bank.misconception("batch_norm_train", BETA_IGNORED)
def train_beta_ignored(x: Array, gamma: Array, beta: Array, epsilon: float = 1e-3) -> TrainResult:
    return reference.batch_norm_train(x, gamma, np.zeros_like(beta), epsilon)


@bank.misconception("batch_norm_train", "`beta`에는 `gamma`를 곱하지 않습니다.")
def train_beta_scaled(x: Array, gamma: Array, beta: Array, epsilon: float = 1e-3) -> TrainResult:
    return reference.batch_norm_train(x, gamma, gamma * beta, epsilon)


@bank.misconception("update_moving", "`momentum`은 지금까지의 이동 평균에 곱합니다.")
def momentum_of_the_batch(moving: Array, batch: Array, momentum: float = 0.99) -> Array:
    return reference.update_moving(batch, moving, momentum)


@bank.misconception("update_moving", "배치의 통계에는 `1 - momentum`을 곱합니다.")
def batch_added_whole(moving: Array, batch: Array, momentum: float = 0.99) -> Any:
    return momentum * moving + batch


# --- Misconceptions about inference -------------------------------------------------------------


@bank.misconception("batch_norm_inference", "추론할 때는 배치의 통계가 아니라 이동 평균을 씁니다.")
def inference_with_batch_statistics(
    x: Array,
    gamma: Array,
    beta: Array,
    moving_mean: Array,
    moving_variance: Array,
    epsilon: float = 1e-3,
) -> Array:
    return reference.batch_norm_train(x, gamma, beta, epsilon)[0]


@bank.misconception("batch_norm_inference", EPSILON_OUTSIDE)
def inference_epsilon_outside(
    x: Array,
    gamma: Array,
    beta: Array,
    moving_mean: Array,
    moving_variance: Array,
    epsilon: float = 1e-3,
) -> Any:
    return _normalized(x, moving_mean, np.sqrt(moving_variance) + epsilon, gamma, beta)


@bank.misconception("batch_norm_inference", VARIANCE_AS_DEVIATION)
def inference_variance_as_deviation(
    x: Array,
    gamma: Array,
    beta: Array,
    moving_mean: Array,
    moving_variance: Array,
    epsilon: float = 1e-3,
) -> Any:
    return _normalized(x, moving_mean, moving_variance + epsilon, gamma, beta)


@bank.misconception("batch_norm_inference", GAMMA_IGNORED)
def inference_gamma_ignored(
    x: Array,
    gamma: Array,
    beta: Array,
    moving_mean: Array,
    moving_variance: Array,
    epsilon: float = 1e-3,
) -> Any:
    return _normalized(x, moving_mean, np.sqrt(moving_variance + epsilon), 1, beta)


@bank.misconception("batch_norm_inference", BETA_IGNORED)
def inference_beta_ignored(
    x: Array,
    gamma: Array,
    beta: Array,
    moving_mean: Array,
    moving_variance: Array,
    epsilon: float = 1e-3,
) -> Any:
    return _normalized(x, moving_mean, np.sqrt(moving_variance + epsilon), gamma, 0)


# --- Misconceptions about folding ---------------------------------------------------------------

Folded = tuple[Any, Any]


def _folded(kernel: Array, scale: Array, beta: Array, moving_mean: Array) -> Folded:
    return kernel * scale, beta - scale * moving_mean


@bank.misconception("fold_batch_norm", "편향만이 아니라 필터에도 채널마다의 배율을 곱해야 합니다.")
def kernel_not_scaled(
    kernel: Array,
    gamma: Array,
    beta: Array,
    moving_mean: Array,
    moving_variance: Array,
    epsilon: float = 1e-3,
) -> Folded:
    scale = gamma / np.sqrt(moving_variance + epsilon)
    return kernel, beta - scale * moving_mean


@bank.misconception("fold_batch_norm", "편향에는 이동 평균도 들어갑니다. 배율을 곱해서 뺍니다.")
def moving_mean_ignored(
    kernel: Array,
    gamma: Array,
    beta: Array,
    moving_mean: Array,
    moving_variance: Array,
    epsilon: float = 1e-3,
) -> Folded:
    return kernel * (gamma / np.sqrt(moving_variance + epsilon)), beta


@bank.misconception("fold_batch_norm", "편향에서 이동 평균을 뺄 때 배율을 곱해야 합니다.")
def moving_mean_not_scaled(
    kernel: Array,
    gamma: Array,
    beta: Array,
    moving_mean: Array,
    moving_variance: Array,
    epsilon: float = 1e-3,
) -> Folded:
    return kernel * (gamma / np.sqrt(moving_variance + epsilon)), beta - moving_mean


@bank.misconception("fold_batch_norm", EPSILON_OUTSIDE)
def folded_epsilon_outside(
    kernel: Array,
    gamma: Array,
    beta: Array,
    moving_mean: Array,
    moving_variance: Array,
    epsilon: float = 1e-3,
) -> Folded:
    return _folded(kernel, gamma / (np.sqrt(moving_variance) + epsilon), beta, moving_mean)


@bank.misconception("fold_batch_norm", VARIANCE_AS_DEVIATION)
def folded_variance_as_deviation(
    kernel: Array,
    gamma: Array,
    beta: Array,
    moving_mean: Array,
    moving_variance: Array,
    epsilon: float = 1e-3,
) -> Folded:
    return _folded(kernel, gamma / (moving_variance + epsilon), beta, moving_mean)


@bank.misconception("fold_batch_norm", GAMMA_IGNORED)
def folded_gamma_ignored(
    kernel: Array,
    gamma: Array,
    beta: Array,
    moving_mean: Array,
    moving_variance: Array,
    epsilon: float = 1e-3,
) -> Folded:
    return _folded(kernel, 1 / np.sqrt(moving_variance + epsilon), beta, moving_mean)
