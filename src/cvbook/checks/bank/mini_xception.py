"""Exercises of 08_mini_xception: its block, the model, a block to repair, accuracy, ablation."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from cvbook import reference
from cvbook.arithmetic import Shape
from cvbook.checks.bank.registry import Assignment
from cvbook.reference import Array

bank = Assignment("08_mini_xception")


# --- Oracles ------------------------------------------------------------------------------------


@bank.oracle
def xception_block(x: Any, size: int) -> Any:
    """`cvbook.models.xception_block`."""
    from cvbook import models

    return models.xception_block(x, size)


@bank.oracle
def build_mini_xception(
    input_shape: Shape = (180, 180, 3),
    sizes: Sequence[int] = (32, 64, 128, 256, 512),
    augmentation: Any = None,
) -> Any:
    """`cvbook.models.mini_xception`."""
    from cvbook import models

    return models.mini_xception(input_shape, sizes, augmentation)


bank.oracle(reference.binary_accuracy)
bank.without_oracle("repair_xception_block")
bank.without_oracle("ablation")


# --- Misconceptions about the accuracy ----------------------------------------------------------


@bank.misconception(
    "binary_accuracy", "확률이 정확히 0.5이면 클래스 1입니다. 0.5 이상인지를 보세요."
)
def one_half_excluded(target: Array, probs: Array) -> float:
    return float(np.mean((np.asarray(probs) > 0.5) == target))


@bank.misconception("binary_accuracy", "맞힌 수가 아니라 비율입니다. 전체의 수로 나누세요.")
def right_answers_counted(target: Array, probs: Array) -> int:
    return int(np.sum((np.asarray(probs) >= 0.5) == target))


@bank.misconception("binary_accuracy", "맞힌 비율이 아니라 틀린 비율입니다.")
def error_rate(target: Array, probs: Array) -> float:
    return float(np.mean((np.asarray(probs) >= 0.5) != target))
