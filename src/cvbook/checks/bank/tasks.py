"""Exercises of 01_tasks: labels, boxes and similarity of feature vectors."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from cvbook import reference
from cvbook.checks.bank import tasks_results
from cvbook.checks.bank.registry import Assignment
from cvbook.reference import Array

bank = Assignment("01_tasks")

bank.oracle(reference.multi_hot)
bank.oracle(reference.predict_single_label)
bank.oracle(reference.predict_multi_label)
bank.oracle(reference.box_iou)
bank.oracle(reference.non_max_suppression)
bank.oracle(reference.cosine_similarity)
bank.without_oracle("average_precision")  # its tests state what they expect

Labels = Sequence[Sequence[str]]


# --- Misconceptions about labels ----------------------------------------------------------------


@bank.misconception("multi_hot", "같은 이름이 두 번 나와도 값은 1입니다.")
def names_counted(labels: Labels, class_names: Sequence[str]) -> Array:
    return np.array([[names.count(name) for name in class_names] for names in labels])


@bank.misconception("multi_hot", "사진마다 이름 하나만 적었습니다. 목록의 이름을 모두 1로 하세요.")
def first_name_only(labels: Labels, class_names: Sequence[str]) -> Array:
    return reference.multi_hot([names[:1] for names in labels], class_names)


@bank.misconception("multi_hot", "열의 순서는 `class_names`의 순서입니다. 정렬하지 마세요.")
def columns_sorted(labels: Labels, class_names: Sequence[str]) -> Array:
    return reference.multi_hot(labels, sorted(class_names))


@bank.misconception(
    "predict_single_label", "사진(행)마다 골라야 하는데 클래스(열)마다 골랐습니다. axis=1입니다."
)
def best_row_of_each_column(probs: Array) -> Any:
    return np.argmax(probs, axis=0)


@bank.misconception(
    "predict_single_label", "확률을 돌려주었습니다. 그 확률이 있는 자리의 번호가 필요합니다."
)
def largest_probability(probs: Array) -> Any:
    return np.max(probs, axis=1)


@bank.misconception("predict_single_label", "확률이 가장 작은 클래스를 골랐습니다.")
def least_probable_class(probs: Array) -> Any:
    return np.argmin(probs, axis=1)


@bank.misconception("predict_single_label", "원-핫 배열입니다. 사진마다 번호 하나를 돌려주세요.")
def one_hot_rows(probs: Array) -> Any:
    return (probs == probs.max(axis=1, keepdims=True)).astype(int)


@bank.misconception("predict_multi_label", "확률이 임계값과 꼭 같을 때도 `True`입니다(이상, `>=`).")
def threshold_excluded(probs: Array, threshold: float = 0.5) -> Any:
    return probs > threshold


@bank.misconception("predict_multi_label", "임계값을 0.5로 못박았습니다. `threshold`를 쓰세요.")
def threshold_ignored(probs: Array, threshold: float = 0.5) -> Any:
    return probs >= 0.5


@bank.misconception(
    "predict_multi_label",
    "사진마다 하나만 골랐습니다. 임계값 이상이면 여럿일 수도, 없을 수도 있습니다.",
)
def largest_only(probs: Array, threshold: float = 0.5) -> Any:
    return probs == probs.max(axis=1, keepdims=True)


# --- Misconceptions about boxes -----------------------------------------------------------------


def _iou(
    a: Array,
    b: Array,
    floor: float = 0.0,
    extra: float = 0.0,
    union: Callable[[Array, Array, Any], Any] | None = None,
) -> Any:
    """IoU with a wrong lower limit or length of the sides, or a wrong union."""
    sides = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]) + extra
    intersection = np.prod(np.maximum(sides, floor))
    total = np.prod(a[2:] - a[:2] + extra) + np.prod(b[2:] - b[:2] + extra) - intersection
    total = total if union is None else union(a, b, intersection)
    return intersection / total if total else 0.0


@bank.misconception(
    "box_iou", "떨어진 상자에서는 너비나 높이가 음수가 됩니다. 각각 0으로 막으세요."
)
def sides_not_clipped(a: Array, b: Array) -> Any:
    return _iou(a, b, floor=-np.inf)


@bank.misconception(
    "box_iou", "합집합에서 교집합을 두 번 세었습니다. 두 넓이의 합에서 교집합을 한 번 빼세요."
)
def sum_of_areas_as_union(a: Array, b: Array) -> Any:
    return _iou(a, b, union=lambda a, b, inter: np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]))


@bank.misconception(
    "box_iou", "좌표는 픽셀의 번호가 아니라 길이입니다. 너비와 높이에 1을 더하지 마세요."
)
def inclusive_pixels(a: Array, b: Array) -> Any:
    return _iou(a, b, extra=1.0)


@bank.misconception("box_iou", "뒤의 두 수는 너비와 높이가 아니라 (xmax, ymax)입니다.")
def width_and_height(a: Array, b: Array) -> Any:
    return _iou(np.r_[a[:2], a[:2] + a[2:]], np.r_[b[:2], b[:2] + b[2:]])


@bank.misconception(
    "box_iou", "두 상자를 둘러싼 상자의 넓이로 나누었습니다. 합집합은 그보다 작습니다."
)
def enclosing_box_as_union(a: Array, b: Array) -> Any:
    return _iou(
        a,
        b,
        union=lambda a, b, inter: np.prod(np.maximum(a[2:], b[2:]) - np.minimum(a[:2], b[:2])),
    )


def _suppressed(
    boxes: Array,
    order: Iterable[int],
    keep: Callable[[int, list[int], Callable[[int, int], float]], bool],
) -> Array:
    """Suppress by a wrong rule: `keep` takes a box, those kept so far, and the IoU function."""
    kept: list[int] = []
    for index in order:
        if keep(index, kept, lambda i, j: reference.box_iou(boxes[i], boxes[j])):
            kept.append(int(index))
    return np.array(kept)


@bank.misconception(
    "non_max_suppression",
    "교집합을 더 작은 상자의 넓이로 나누었습니다. IoU는 합집합의 넓이로 나눈 값입니다.",
)
def overlap_of_the_smaller_box(boxes: Array, scores: Array, iou_threshold: float = 0.5) -> Array:
    def overlap(i: int, j: int) -> float:
        smaller = min(np.prod(boxes[k][2:] - boxes[k][:2]) for k in (i, j))
        return float(_iou(boxes[i], boxes[j], union=lambda a, b, inter: smaller))

    return _suppressed(
        boxes,
        np.argsort(-scores),
        lambda i, kept, iou: all(overlap(i, j) <= iou_threshold for j in kept),
    )


@bank.misconception("non_max_suppression", "IoU가 임계값과 꼭 같으면 버리지 않습니다.")
def equal_iou_dropped(boxes: Array, scores: Array, iou_threshold: float = 0.5) -> Array:
    return _suppressed(
        boxes,
        np.argsort(-scores),
        lambda i, kept, iou: all(iou(i, j) < iou_threshold for j in kept),
    )


@bank.misconception("non_max_suppression", "점수가 낮은 것부터 남겼습니다. 높은 것부터 보세요.")
def lowest_score_first(boxes: Array, scores: Array, iou_threshold: float = 0.5) -> Array:
    return reference.non_max_suppression(boxes, -scores, iou_threshold)


@bank.misconception(
    "non_max_suppression", "상자를 주어진 순서대로 보았습니다. 점수가 높은 순서로 보세요."
)
def given_order(boxes: Array, scores: Array, iou_threshold: float = 0.5) -> Array:
    return reference.non_max_suppression(boxes, -np.arange(len(scores)), iou_threshold)


@bank.misconception(
    "non_max_suppression", "버려진 상자가 다른 상자를 버리게 했습니다. 남긴 상자와만 비교하세요."
)
def dropped_boxes_drop_others(boxes: Array, scores: Array, iou_threshold: float = 0.5) -> Array:
    order = list(np.argsort(-scores))
    return _suppressed(
        boxes,
        order,
        lambda i, kept, iou: all(iou(i, j) <= iou_threshold for j in order[: order.index(i)]),
    )


@bank.misconception(
    "non_max_suppression", "남은 번호의 순서가 다릅니다. 점수가 높은 것부터 놓으세요."
)
def indices_sorted(boxes: Array, scores: Array, iou_threshold: float = 0.5) -> Array:
    return np.sort(reference.non_max_suppression(boxes, scores, iou_threshold))


@bank.misconception("non_max_suppression", "상자가 아니라 상자의 번호를 돌려주세요.")
def boxes_instead_of_indices(boxes: Array, scores: Array, iou_threshold: float = 0.5) -> Array:
    return boxes[reference.non_max_suppression(boxes, scores, iou_threshold)]


@bank.misconception("non_max_suppression", "임계값을 0.5로 못박았습니다. `iou_threshold`를 쓰세요.")
def iou_threshold_ignored(boxes: Array, scores: Array, iou_threshold: float = 0.5) -> Array:
    return reference.non_max_suppression(boxes, scores)


# --- Misconceptions about similarity ------------------------------------------------------------


@bank.misconception("cosine_similarity", "내적을 두 벡터의 길이로 나누지 않았습니다.")
def dot_products(features: Array) -> Any:
    return features @ features.T


@bank.misconception("cosine_similarity", "길이가 0인 벡터는 자기 자신과의 유사도도 0입니다.")
def diagonal_of_ones(features: Array) -> Array:
    similarity = reference.cosine_similarity(features)
    np.fill_diagonal(similarity, 1)
    return similarity


@bank.misconception("cosine_similarity", "길이는 제곱합의 제곱근입니다. 제곱근을 빠뜨렸습니다.")
def norms_without_square_root(features: Array) -> Any:
    squares = (features**2).sum(axis=1, keepdims=True)
    unit = features / np.where(squares == 0, 1, squares)
    return unit @ unit.T


@bank.misconception("cosine_similarity", "부호를 없앴습니다. 반대 방향이면 유사도는 음수입니다.")
def absolute_similarity(features: Array) -> Array:
    return np.abs(reference.cosine_similarity(features))


@bank.misconception("cosine_similarity", "유사도가 아니라 거리(1 - 유사도)입니다.")
def cosine_distance(features: Array) -> Any:
    return 1 - reference.cosine_similarity(features)


# --- Misconceptions about average precision -----------------------------------------------------


def _recorded(name: str, hint: str) -> None:
    """Register a wrong answer whose results are known for the inputs of the visible tests."""
    results = dict(zip(tasks_results.INPUTS, tasks_results.RESULTS[name], strict=True))

    @bank.misconception("average_precision", hint)
    def recorded(
        boxes: Array, scores: Array, truth: Array, iou_threshold: float = 0.5
    ) -> float | None:
        result = results.get(tasks_results.key(boxes, scores, truth, iou_threshold))
        if result is None:
            raise ValueError(f"no result of {name} is recorded for this input")
        return result


_recorded(
    "no_envelope",
    "정밀도를 그대로 썼습니다. 어느 자리의 정밀도는 그 자리와 그 뒤의 정밀도 가운데 가장 큰 것으로 "
    "바꿉니다.",
)
_recorded(
    "envelope_from_the_left",
    "정밀도를 앞에서부터의 가장 큰 값으로 바꾸었습니다. 그 자리와 그 **뒤**에서 가장 큰 값입니다.",
)
_recorded(
    "missed_objects_left_out",
    "재현율을 찾은 정답의 수로 나누었습니다. 놓친 정답도 분모에 넣으세요.",
)
_recorded(
    "mean_of_precisions",
    "정밀도를 모든 자리에서 평균했습니다. 재현율이 늘어난 만큼만 더하세요.",
)
_recorded("given_order", "탐지를 주어진 순서대로 보았습니다. 점수가 높은 것부터 보세요.")
_recorded(
    "found_many_times",
    "같은 정답을 여러 탐지가 맞힌 것으로 세었습니다. 짝이 생긴 정답은 다시 고를 수 없습니다.",
)
_recorded(
    "taken_best_is_false",
    "가장 많이 겹치는 정답에 짝이 있으면 바로 거짓 양성으로 세었습니다. 아직 짝이 없는 정답 "
    "가운데에서 고르세요.",
)
_recorded(
    "first_above_threshold",
    "IoU가 기준 이상인 정답 가운데 먼저 나온 것을 골랐습니다. IoU가 가장 큰 것을 고르세요.",
)
_recorded("strictly_greater", "IoU가 기준과 꼭 같을 때도 짝이 됩니다(이상, `>=`).")
_recorded("threshold_ignored", "기준을 0.5로 못박았습니다. `iou_threshold`를 쓰세요.")
