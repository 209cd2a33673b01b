"""Exercises of 02_segmentation: targets, metrics, loss and the model."""

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from cvbook import reference
from cvbook.checks.bank.registry import Assignment
from cvbook.reference import Array

bank = Assignment("02_segmentation")


# --- Oracles ------------------------------------------------------------------------------------


bank.oracle(reference.trimap_to_target)
bank.oracle(reference.pixel_accuracy)
bank.oracle(reference.mean_iou)


@bank.oracle
def sparse_categorical_crossentropy(target: Array, probs: Array) -> float:
    """`keras.losses.sparse_categorical_crossentropy`, averaged."""
    from keras import losses

    return float(np.mean(losses.sparse_categorical_crossentropy(target, probs)))


@bank.oracle
@functools.cache
def build_segmentation_model(
    image_size: tuple[int, int] = (200, 200), num_classes: int = 3, width: int = 64
) -> Any:
    """`cvbook.models.segmentation_model`."""
    from cvbook import models

    return models.segmentation_model(image_size, num_classes, width)


# Their tests say themselves what is wrong.
bank.without_oracle("prepare_pair")
bank.without_oracle("augment_pair")


# --- Misconceptions about targets and metrics ---------------------------------------------------


@bank.misconception("trimap_to_target", "1을 빼지 않았습니다. 번호는 0부터 시작합니다.")
def trimap_not_shifted(trimap: Array) -> Array:
    return np.asarray(trimap, "uint8")


@bank.misconception(
    "pixel_accuracy", "개수를 돌려주었습니다. 전체 픽셀 수로 나눈 비율이 필요합니다."
)
def equal_pixels_counted(target: Array, predicted: Array) -> Any:
    return np.sum(target == predicted)


@bank.misconception("pixel_accuracy", "틀린 픽셀의 비율을 구했습니다.")
def pixel_error(target: Array, predicted: Array) -> Any:
    return np.mean(target != predicted)


def _class_ious(
    target: Array,
    predicted: Array,
    labels: Iterable[int],
    union: Callable[[Array, Array], Any] | None = None,
) -> Iterator[tuple[Any, Any]]:
    """Yield the intersection and the union of each class."""
    for label in labels:
        a, b = target == label, predicted == label
        yield np.sum(a & b), np.sum(a | b) if union is None else union(a, b)


def _mean(values: Iterable[Any]) -> float:
    return float(np.mean(list(values)))


@bank.misconception(
    "mean_iou", "정답에도 예측에도 없는 클래스를 0으로 셈에 넣었습니다. 평균에서 빼야 합니다."
)
def absent_classes_as_zero(target: Array, predicted: Array, num_classes: int) -> float:
    ious = _class_ious(target, predicted, range(num_classes))
    return _mean(inter / max(union, 1) for inter, union in ious)


@bank.misconception(
    "mean_iou", "정답에도 예측에도 없는 클래스를 1로 셈에 넣었습니다. 평균에서 빼야 합니다."
)
def absent_classes_as_one(target: Array, predicted: Array, num_classes: int) -> float:
    ious = _class_ious(target, predicted, range(num_classes))
    return _mean(inter / union if union else 1.0 for inter, union in ious)


@bank.misconception(
    "mean_iou", "예측에만 있는 클래스를 빠뜨렸습니다. 그 IoU는 0이며 평균에 넣습니다."
)
def classes_of_the_target_only(target: Array, predicted: Array, num_classes: int) -> float:
    return _mean(i / u for i, u in _class_ious(target, predicted, np.unique(target)))


@bank.misconception("mean_iou", "합집합에서 교집합을 두 번 세었습니다.")
def sum_as_union(target: Array, predicted: Array, num_classes: int) -> float:
    ious = _class_ious(target, predicted, range(num_classes), lambda a, b: a.sum() + b.sum())
    return _mean(inter / union for inter, union in ious if union)


@bank.misconception("mean_iou", "0번 클래스를 빠뜨렸습니다. 배경도 클래스입니다.")
def first_class_left_out(target: Array, predicted: Array, num_classes: int) -> float:
    return _mean(i / u for i, u in _class_ious(target, predicted, range(1, num_classes)) if u)


@bank.misconception("mean_iou", "픽셀 정확도입니다. 클래스마다 IoU를 구해 평균하세요.")
def accuracy_instead_of_iou(target: Array, predicted: Array, num_classes: int) -> float:
    return reference.pixel_accuracy(target, predicted)


# --- Misconceptions about the loss --------------------------------------------------------------


def _log_loss(
    target: Array, probs: Array, log: Callable[[Array], Array] = np.log, low: float = 1e-7
) -> Array:
    """Cross-entropy of each pixel, with another logarithm or clipped at another probability."""
    chosen = np.take_along_axis(probs, target[..., None].astype(int), axis=-1)
    return -log(np.maximum(chosen, low))


@bank.misconception("sparse_categorical_crossentropy", "평균이 아니라 합을 구했습니다.")
def summed_loss(target: Array, probs: Array) -> Any:
    return _log_loss(target, probs).sum()


@bank.misconception(
    "sparse_categorical_crossentropy", "밑이 2인 로그입니다. 자연로그(`np.log`)를 쓰세요."
)
def loss_in_bits(target: Array, probs: Array) -> Any:
    return _log_loss(target, probs, np.log2).mean()


@bank.misconception(
    "sparse_categorical_crossentropy", "밑이 10인 로그입니다. 자연로그(`np.log`)를 쓰세요."
)
def decimal_logarithm(target: Array, probs: Array) -> Any:
    return _log_loss(target, probs, np.log10).mean()


@bank.misconception(
    "sparse_categorical_crossentropy", "정답 클래스가 아니라 가장 큰 확률의 로그를 구했습니다."
)
def loss_of_the_largest_probability(target: Array, probs: Array) -> Any:
    return -np.log(np.maximum(probs.max(axis=-1), 1e-7)).mean()


@bank.misconception(
    "sparse_categorical_crossentropy", "이미 확률인 값에 소프트맥스를 또 적용했습니다."
)
def softmax_again(target: Array, probs: Array) -> Any:
    return _log_loss(target, np.exp(probs) / np.exp(probs).sum(axis=-1, keepdims=True)).mean()


def _clipped_at(low: float) -> None:
    @bank.misconception(
        "sparse_categorical_crossentropy", "확률을 다른 값에서 잘랐습니다. 케라스는 1e-7입니다."
    )
    def clipped_elsewhere(target: Array, probs: Array) -> Any:
        return _log_loss(target, probs, low=low).mean()


for _low in (1e-15, 1e-12, 1e-10, 1e-8, 1e-6, 1e-5, 1e-3):
    _clipped_at(_low)
