"""Exercises of 04_architecture: feature pyramids, receptive fields, VGG's blocks, a design."""

from collections.abc import Callable, Sequence
from typing import Any

from cvbook import arithmetic
from cvbook.arithmetic import Shape
from cvbook.checks.bank.registry import Assignment

bank = Assignment("04_architecture")

Layers = Sequence[tuple[int, int]]


# --- Oracles ------------------------------------------------------------------------------------


bank.oracle(arithmetic.feature_pyramid)
bank.oracle(arithmetic.receptive_field)


@bank.oracle
def vgg_block(x: Any, filters: int, convs: int) -> Any:
    """A block of `keras.applications.VGG16`."""
    from keras import layers

    for _ in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(x)


bank.without_oracle("design_pyramid")  # its tests say what is wrong


# --- Misconceptions about the feature pyramid ---------------------------------------------------


@bank.misconception("feature_pyramid", "홀수를 반으로 나눌 때는 버림이 아니라 올림합니다.")
def halves_rounded_down(input_shape: Shape, filters: Sequence[int]) -> list[Shape]:
    height, width, _ = input_shape
    return [(height >> i, width >> i, count) for i, count in enumerate(filters, start=1)]


@bank.misconception("feature_pyramid", "입력의 모양은 넣지 않습니다. 블록마다 하나씩입니다.")
def input_listed(input_shape: Shape, filters: Sequence[int]) -> list[Any]:
    return [tuple(input_shape), *arithmetic.feature_pyramid(input_shape, filters)]


@bank.misconception("feature_pyramid", "채널은 입력의 채널 수가 아니라 그 블록의 필터 수입니다.")
def channels_of_the_input(input_shape: Shape, filters: Sequence[int]) -> list[Shape]:
    return arithmetic.feature_pyramid(input_shape, [input_shape[2]] * len(filters))


@bank.misconception(
    "feature_pyramid", "블록을 지난 뒤의 모양입니다. 먼저 반으로 줄인 다음 적으세요."
)
def shapes_before_the_blocks(input_shape: Shape, filters: Sequence[int]) -> list[Any]:
    shapes = [tuple(input_shape), *arithmetic.feature_pyramid(input_shape, filters)]
    return [(*shape[:2], count) for shape, count in zip(shapes, filters, strict=False)]


@bank.misconception("feature_pyramid", "모양은 (높이, 너비, 채널)의 차례입니다.")
def width_before_height(input_shape: Shape, filters: Sequence[int]) -> list[Shape]:
    return [(w, h, c) for h, w, c in arithmetic.feature_pyramid(input_shape, filters)]


# --- Misconceptions about the receptive field ---------------------------------------------------


def _field(
    layers: Layers,
    field: int = 1,
    grow: Callable[[int], int] = lambda kernel_size: kernel_size - 1,
    own_stride_first: bool = False,
    accumulate: bool = True,
) -> int:
    """Receptive field with a wrong start or growth, or with the strides combined wrongly."""
    jump = 1
    for kernel_size, strides in layers:
        jump = jump * strides if own_stride_first else jump
        field += grow(kernel_size) * jump
        if not own_stride_first:
            jump = jump * strides if accumulate else strides
    return field


@bank.misconception("receptive_field", "앞선 층의 보폭이 곱해져야 합니다.")
def strides_ignored(layers: Layers) -> int:
    return 1 + sum(kernel_size - 1 for kernel_size, _ in layers)


@bank.misconception("receptive_field", "층의 보폭은 그 층이 아니라 그다음 층부터 영향을 줍니다.")
def own_stride_first(layers: Layers) -> int:
    return _field(layers, own_stride_first=True)


@bank.misconception("receptive_field", "층 하나는 k가 아니라 k - 1만큼 더 넓게 봅니다.")
def grows_by_whole_kernels(layers: Layers) -> int:
    return _field(layers, grow=lambda kernel_size: kernel_size)


@bank.misconception(
    "receptive_field", "수용 영역은 1에서 시작합니다. 층이 없어도 한 픽셀은 봅니다."
)
def starts_at_zero(layers: Layers) -> int:
    return _field(layers, field=0)


@bank.misconception(
    "receptive_field", "바로 앞 층의 보폭만이 아니라 앞선 모든 층의 보폭을 거듭 곱합니다."
)
def last_stride_only(layers: Layers) -> int:
    return _field(layers, accumulate=False)


@bank.misconception("receptive_field", "층의 차례가 거꾸로입니다. 입력 쪽의 층부터 지나야 합니다.")
def layers_reversed(layers: Layers) -> int:
    return _field(layers[::-1])
