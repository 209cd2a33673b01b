"""Exercises of 05_residual: projections, residual blocks and a small residual network."""

import functools
import itertools
from collections.abc import Callable, Sequence
from typing import Any

from cvbook import arithmetic
from cvbook.arithmetic import Shape
from cvbook.checks.bank.registry import Assignment

bank = Assignment("05_residual")

Projection = dict[str, int] | None


# --- Oracles ------------------------------------------------------------------------------------


bank.oracle(arithmetic.projection)


@bank.oracle
def residual_block(x: Any, filters: int, pooling: bool = False) -> Any:
    """`cvbook.models.residual_block`."""
    from cvbook import models

    return models.residual_block(x, filters, pooling)


@bank.oracle
@functools.cache
def build_residual_model(input_shape: Shape = (32, 32, 3)) -> Any:
    """`cvbook.models.residual_model`."""
    from cvbook import models

    return models.residual_model(input_shape)


bank.without_oracle("predict_shapes")
bank.without_oracle("repair_deep_model")  # its tests say what is wrong


# --- Misconceptions about the projection --------------------------------------------------------


def _first_fit(
    input_shape: Shape, output_shape: Shape, length: Callable[[int, int], int]
) -> Projection:
    """Find the first stride that fits, with another length of the output."""
    for strides in range(1, max(input_shape[:2]) + 1):
        if [length(n, strides) for n in input_shape[:2]] == list(output_shape[:2]):
            return {"filters": output_shape[2], "strides": strides}
    raise ValueError("no stride fits")


@bank.misconception(
    "projection", '패딩이 `"same"`이면 길이를 보폭으로 나눈 값을 버림하지 않고 올림합니다.'
)
def length_rounded_down(input_shape: Shape, output_shape: Shape) -> Projection:
    if tuple(input_shape) == tuple(output_shape):
        return None
    return _first_fit(input_shape, output_shape, lambda n, strides: n // strides)


@bank.misconception("projection", "높이와 너비가 같아도 채널이 다르면 1×1 합성곱이 필요합니다.")
def channels_ignored(input_shape: Shape, output_shape: Shape) -> Projection:
    if tuple(input_shape[:2]) == tuple(output_shape[:2]):
        return None
    return arithmetic.projection(input_shape, output_shape)


@bank.misconception("projection", "채널이 같아도 높이와 너비가 다르면 보폭이 필요합니다.")
def size_ignored(input_shape: Shape, output_shape: Shape) -> Projection:
    if input_shape[2] == output_shape[2]:
        return None
    return arithmetic.projection(input_shape, output_shape)


@bank.misconception("projection", "`filters`는 입력이 아니라 출력의 채널 수입니다.")
def filters_of_the_input(input_shape: Shape, output_shape: Shape) -> Projection:
    answer = arithmetic.projection(input_shape, output_shape)
    return answer and {**answer, "filters": input_shape[2]}


@bank.misconception("projection", "보폭이 늘 2는 아닙니다. 입력과 출력의 길이에서 구하세요.")
def stride_always_two(input_shape: Shape, output_shape: Shape) -> Projection:
    if tuple(input_shape) == tuple(output_shape):
        return None
    same = tuple(input_shape[:2]) == tuple(output_shape[:2])
    return {"filters": output_shape[2], "strides": 1 if same else 2}


# --- Misconceptions about the shapes of a model -------------------------------------------------

Blocks = Sequence[tuple[int, bool]]


@bank.misconception(
    "predict_shapes", '패딩이 "same"인 맥스풀링은 길이를 반으로 나누어 **올림**합니다.'
)
def halves_rounded_down(blocks: Blocks, input_shape: Shape) -> list[Shape]:
    height, width, _ = input_shape
    halvings = itertools.accumulate(int(pooling) for _, pooling in blocks)
    return [
        (height >> n, width >> n, filters) for (filters, _), n in zip(blocks, halvings, strict=True)
    ]


@bank.misconception("predict_shapes", "맥스풀링을 쓰지 않는 블록은 높이와 너비를 바꾸지 않습니다.")
def every_block_halves(blocks: Blocks, input_shape: Shape) -> list[Shape]:
    height, width, _ = input_shape
    shapes = []
    for filters, _pooling in blocks:
        height, width = -(-height // 2), -(-width // 2)
        shapes.append((height, width, filters))
    return shapes


@bank.misconception("predict_shapes", "맥스풀링이 높이와 너비를 반으로 줄이는 것을 빠뜨렸습니다.")
def no_block_halves(blocks: Blocks, input_shape: Shape) -> list[Shape]:
    return [(*input_shape[:2], filters) for filters, _ in blocks]


@bank.misconception(
    "predict_shapes", "블록의 입력은 앞 블록의 출력입니다. 줄어든 높이와 너비가 이어져야 합니다."
)
def each_block_from_the_input(blocks: Blocks, input_shape: Shape) -> list[Shape]:
    height, width, _ = input_shape
    return [
        (-(-height // 2), -(-width // 2), filters) if pooling else (height, width, filters)
        for filters, pooling in blocks
    ]
