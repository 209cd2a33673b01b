"""Exercises of 09_improving: search spaces of hyperparameters, and ensembles."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from cvbook import reference
from cvbook.checks.bank.registry import Assignment
from cvbook.reference import Array

bank = Assignment("09_improving")

bank.oracle(reference.grid_search_space)
bank.oracle(reference.random_search_space)
bank.oracle(reference.ensemble)

Space = Mapping[str, Sequence[Any]]


@bank.misconception(
    "grid_search_space", "뒤의 이름이 먼저 바뀌어야 합니다. `itertools.product`의 순서입니다."
)
def first_name_fastest(space: Space) -> list[dict[str, Any]]:
    names = list(space)[::-1]
    found = itertools.product(*(space[name] for name in names))
    return [dict(zip(names, values, strict=True)) for values in found]


@bank.misconception("grid_search_space", "값을 나란히 짝짓지 말고 모든 조합을 만들어야 합니다.")
def values_paired(space: Space) -> list[dict[str, Any]]:
    return [dict(zip(space, values, strict=True)) for values in zip(*space.values(), strict=False)]


@bank.misconception(
    "grid_search_space",
    "같은 사전을 고쳐 쓰면 모두 마지막 조합이 됩니다. 조합마다 새 사전을 만드세요.",
)
def one_dictionary_reused(space: Space) -> list[dict[str, Any]]:
    grid = reference.grid_search_space(space)
    return grid and [grid[-1]] * len(grid)


@bank.misconception("ensemble", "가중치를 그 합으로 나누어야 합니다.")
def weights_not_normalized(predictions: Sequence[Array], weights: Any = None) -> Array:
    weights = np.full(len(predictions), 1 / len(predictions)) if weights is None else weights
    return np.tensordot(np.asarray(weights, float), np.asarray(predictions), axes=1)


@bank.misconception("ensemble", "가중치를 쓰지 않았습니다.")
def weights_ignored(predictions: Sequence[Array], weights: Any = None) -> Any:
    return np.mean(predictions, axis=0)


@bank.misconception("ensemble", "클래스가 아니라 모델에 대해 평균합니다. 첫 축(axis=0)입니다.")
def mean_over_classes(predictions: Sequence[Array], weights: Any = None) -> Any:
    return np.mean(predictions, axis=-1)
