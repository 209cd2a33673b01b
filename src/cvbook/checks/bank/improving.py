"""Exercises of 09_improving: search spaces of hyperparameters, their results, and ensembles."""

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
bank.without_oracle("log_uniform")
bank.without_oracle("edges")

Space = Mapping[str, Sequence[Any]]
Results = Sequence[tuple[dict[str, Any], float]]


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


@bank.misconception("edges", '두 끝이 서로 바뀌었습니다. 가장 작은 후보가 "low"입니다.')
def sides_swapped(space: Space, results: Results) -> dict[str, str]:
    best, _ = max(results, key=lambda trial: trial[1])
    found = {name: "high" for name, values in space.items() if best[name] == min(values)}
    return found | {name: "low" for name, values in space.items() if best[name] == max(values)}


@bank.misconception("edges", "가장 낮은 점수를 골랐습니다. 점수는 클수록 좋습니다.")
def lowest_score(space: Space, results: Results) -> dict[str, str]:
    worst, _ = min(results, key=lambda trial: trial[1])
    found = {name: "low" for name, values in space.items() if worst[name] == min(values)}
    return found | {name: "high" for name, values in space.items() if worst[name] == max(values)}


@bank.misconception("edges", "가장 좋은 설정만 봅니다. 다른 시도에서 끝값을 썼는지는 상관없습니다.")
def every_trial(space: Space, results: Results) -> dict[str, str]:
    found = {}
    for trial, _ in results:
        for name, values in space.items():
            if trial[name] in (min(values), max(values)):
                found[name] = "low" if trial[name] == min(values) else "high"
    return found


@bank.misconception(
    "edges", "후보의 처음과 마지막이 끝값이라는 법은 없습니다. 크기로 끝을 찾으세요."
)
def ends_of_the_list(space: Space, results: Results) -> dict[str, str]:
    best, _ = max(results, key=lambda trial: trial[1])
    found = {name: "low" for name, values in space.items() if best[name] == values[0]}
    return found | {name: "high" for name, values in space.items() if best[name] == values[-1]}


@bank.misconception(
    "edges", "끝은 시험해 본 값이 아니라 `space`의 후보로 정합니다. 시험하지 않은 후보도 있습니다."
)
def ends_of_what_was_tried(space: Space, results: Results) -> dict[str, str]:
    best, _ = max(results, key=lambda trial: trial[1])
    tried = {name: sorted({trial[name] for trial, _ in results}) for name in space}
    tried = {name: values for name, values in tried.items() if len(values) > 1}
    found = {name: "low" for name, values in tried.items() if best[name] == values[0]}
    return found | {name: "high" for name, values in tried.items() if best[name] == values[-1]}


@bank.misconception(
    "edges", "후보가 한 가지뿐이거나 문자열인 이름에는 끝이 없습니다. 먼저 걸러 내세요."
)
def names_without_ends(space: Space, results: Results) -> dict[str, str]:
    best, _ = max(results, key=lambda trial: trial[1])
    found = {name: "high" for name, values in space.items() if best[name] == max(values)}
    return found | {name: "low" for name, values in space.items() if best[name] == min(values)}


@bank.misconception(
    "edges",
    "가장 좋은 점수가 여럿일 때 첫 번째만 보았습니다. 그 모두가 같은 끝에 있어야 합니다.",
)
def first_of_equals(space: Space, results: Results) -> dict[str, str]:
    results = [trial for trial in results if trial[1] == trial[1]]
    best, _ = max(results, key=lambda trial: trial[1], default=({}, 0))
    found = {name: "low" for name, values in space.items() if best.get(name) == min(values)}
    return found | {name: "high" for name, values in space.items() if best.get(name) == max(values)}
