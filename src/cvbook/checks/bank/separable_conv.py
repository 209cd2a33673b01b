"""Exercises of 07_separable_conv: counting and computing depthwise separable convolutions."""

import functools
from typing import Any

import numpy as np

from cvbook import arithmetic, reference
from cvbook.checks.bank.registry import Assignment, Function
from cvbook.reference import Array

bank = Assignment("07_separable_conv")

FLIPPED = "필터를 뒤집었습니다. 딥러닝의 합성곱은 필터를 뒤집지 않고 그대로 곱합니다."
PADDED = '입력을 0으로 둘러쌌습니다. 패딩은 "valid", 곧 없습니다.'
CHANNELS_SUMMED = "모든 채널을 더했습니다. 깊이별 합성곱은 채널끼리 섞지 않습니다."
BIAS_ALWAYS = "편향까지 세었습니다. 편향은 `use_bias=True`일 때만 더합니다."
BIAS_NEVER = "`use_bias=True`일 때 필터마다 하나씩인 편향을 빠뜨렸습니다."
KERNEL_NOT_SQUARED = "필터는 가로와 세로가 있으므로 `kernel_size`를 제곱해야 합니다."


# --- Oracles ------------------------------------------------------------------------------------


@functools.lru_cache(typed=True)
def _layer_params(
    layer_name: str, kernel_size: int, in_channels: int, filters: int, use_bias: bool
) -> int:
    import keras

    layer = getattr(keras.layers, layer_name)(filters, kernel_size, use_bias=use_bias)
    # Only the shapes are needed, and initializing the weights would take most of the time.
    with keras.StatelessScope(initialize_variables=False):
        layer.build((None, kernel_size, kernel_size, in_channels))
    return int(layer.count_params())


@bank.oracle
def conv2d_params(kernel_size: int, in_channels: int, filters: int, use_bias: bool = False) -> int:
    """`keras.layers.Conv2D.count_params`."""
    return _layer_params("Conv2D", kernel_size, in_channels, filters, use_bias)


@bank.oracle
def separable_conv2d_params(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    """`keras.layers.SeparableConv2D.count_params`."""
    return _layer_params("SeparableConv2D", kernel_size, in_channels, filters, use_bias)


bank.oracle(arithmetic.conv2d_macs)
bank.oracle(arithmetic.separable_conv2d_macs)


@bank.oracle
def depthwise_conv2d(x: Array, kernel: Array) -> Array:
    """`keras.ops.depthwise_conv`."""
    from keras import ops

    x, kernel = np.asarray(x, "float32"), np.asarray(kernel, "float32")
    return np.asarray(ops.depthwise_conv(x[None], kernel[..., None])[0])


@bank.oracle
def pointwise_conv2d(x: Array, kernel: Array) -> Array:
    """`keras.ops.conv` with a 1×1 kernel."""
    from keras import ops

    x, kernel = np.asarray(x, "float32"), np.asarray(kernel, "float32")
    return np.asarray(ops.conv(x[None], kernel[None, None])[0])


@bank.oracle
def separable_conv2d(x: Array, depthwise_kernel: Array, pointwise_kernel: Array) -> Array:
    """`keras.ops.separable_conv`."""
    from keras import ops

    x, depthwise, pointwise = (
        np.asarray(a, "float32") for a in (x, depthwise_kernel, pointwise_kernel)
    )
    return np.asarray(ops.separable_conv(x[None], depthwise[..., None], pointwise[None, None])[0])


bank.without_oracle("roofline_seconds")
bank.without_oracle("shrink")  # its tests say what is wrong


# --- Misconceptions about parameters ------------------------------------------------------------


@bank.misconception("conv2d_params", BIAS_ALWAYS)
def conv2d_bias_always(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size**2 * in_channels * filters + filters


@bank.misconception("conv2d_params", BIAS_NEVER)
def conv2d_bias_never(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size**2 * in_channels * filters


@bank.misconception("conv2d_params", KERNEL_NOT_SQUARED)
def conv2d_kernel_not_squared(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size * in_channels * filters + use_bias * filters


@bank.misconception(
    "conv2d_params", "필터 하나는 모든 입력 채널을 봅니다. `in_channels`도 곱하세요."
)
def conv2d_channels_ignored(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size**2 * filters + use_bias * filters


@bank.misconception("conv2d_params", "편향은 입력 채널이 아니라 필터마다 하나입니다.")
def conv2d_bias_per_input_channel(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size**2 * in_channels * filters + use_bias * in_channels


@bank.misconception("conv2d_params", "편향은 필터마다 하나씩, 모두 `filters`개입니다.")
def conv2d_single_bias(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size**2 * in_channels * filters + use_bias


@bank.misconception("separable_conv2d_params", "이것은 보통 `Conv2D`의 파라미터 수입니다.")
def params_of_plain_conv2d(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return arithmetic.conv2d_params(kernel_size, in_channels, filters, use_bias)


@bank.misconception("separable_conv2d_params", BIAS_ALWAYS)
def separable_bias_always(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size**2 * in_channels + in_channels * filters + filters


@bank.misconception("separable_conv2d_params", BIAS_NEVER)
def separable_bias_never(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size**2 * in_channels + in_channels * filters


@bank.misconception(
    "separable_conv2d_params",
    "편향은 점별 합성곱 뒤에 한 번만 더합니다. 깊이별 합성곱에는 편향이 없습니다.",
)
def separable_bias_in_both_steps(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size**2 * in_channels + in_channels * filters + use_bias * (in_channels + filters)


@bank.misconception("separable_conv2d_params", "점별(1×1) 합성곱의 파라미터를 빠뜨렸습니다.")
def separable_without_pointwise(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size**2 * in_channels + use_bias * filters


@bank.misconception(
    "separable_conv2d_params", "깊이별 필터는 입력 채널마다 하나입니다. `in_channels`를 곱하세요."
)
def separable_single_depthwise_kernel(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size**2 + in_channels * filters + use_bias * filters


@bank.misconception("separable_conv2d_params", "두 단계의 파라미터는 곱하지 않고 더합니다.")
def separable_steps_multiplied(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size**2 * in_channels * in_channels * filters + use_bias * filters


@bank.misconception("separable_conv2d_params", KERNEL_NOT_SQUARED)
def separable_kernel_not_squared(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    return kernel_size * in_channels + in_channels * filters + use_bias * filters


# --- Misconceptions about multiply–accumulates --------------------------------------------------


def _macs_misconceptions(exercise: str, params: Function) -> None:
    """Register the misconceptions that plain and separable convolutions share."""

    @bank.misconception(exercise, "파라미터 수입니다. 곱셈은 출력의 모든 자리에서 되풀이됩니다.")
    def parameters_only(
        height: int, width: int, kernel_size: int, in_channels: int, filters: int
    ) -> Any:
        return params(kernel_size, in_channels, filters)

    @bank.misconception(exercise, "출력의 자리는 `height × width`개입니다. 너비도 곱하세요.")
    def width_ignored(
        height: int, width: int, kernel_size: int, in_channels: int, filters: int
    ) -> Any:
        return height * params(kernel_size, in_channels, filters)

    @bank.misconception(exercise, "높이를 두 번 곱했습니다. 출력이 정사각형이라는 법은 없습니다.")
    def square_output(
        height: int, width: int, kernel_size: int, in_channels: int, filters: int
    ) -> Any:
        return height * height * params(kernel_size, in_channels, filters)

    @bank.misconception(
        exercise, "`height`와 `width`는 이미 출력의 크기입니다. 필터 크기를 또 빼지 마세요."
    )
    def size_taken_for_the_inputs(
        height: int, width: int, kernel_size: int, in_channels: int, filters: int
    ) -> Any:
        rows, columns = height - kernel_size + 1, width - kernel_size + 1
        return rows * columns * params(kernel_size, in_channels, filters)

    @bank.misconception(exercise, "곱셈과 덧셈을 한 번의 MAC으로 셉니다. 2를 곱하지 마세요.")
    def flops_instead_of_macs(
        height: int, width: int, kernel_size: int, in_channels: int, filters: int
    ) -> Any:
        return 2 * height * width * params(kernel_size, in_channels, filters)

    @bank.misconception(exercise, "편향을 더하는 일은 MAC으로 세지 않습니다.")
    def bias_counted(
        height: int, width: int, kernel_size: int, in_channels: int, filters: int
    ) -> Any:
        return height * width * params(kernel_size, in_channels, filters, use_bias=True)


_macs_misconceptions("conv2d_macs", arithmetic.conv2d_params)
_macs_misconceptions("separable_conv2d_macs", arithmetic.separable_conv2d_params)


@bank.misconception("separable_conv2d_macs", "이것은 보통 `Conv2D`의 계산량입니다.")
def macs_of_plain_conv2d(
    height: int, width: int, kernel_size: int, in_channels: int, filters: int
) -> int:
    return arithmetic.conv2d_macs(height, width, kernel_size, in_channels, filters)


@bank.misconception("separable_conv2d_macs", "점별(1×1) 합성곱의 연산을 빠뜨렸습니다.")
def macs_without_pointwise(
    height: int, width: int, kernel_size: int, in_channels: int, filters: int
) -> int:
    return height * width * kernel_size**2 * in_channels


@bank.misconception("separable_conv2d_macs", "점별 합성곱도 출력의 모든 자리에서 계산합니다.")
def macs_of_pointwise_once(
    height: int, width: int, kernel_size: int, in_channels: int, filters: int
) -> int:
    return height * width * kernel_size**2 * in_channels + in_channels * filters


# --- Misconceptions about the convolutions ------------------------------------------------------


@bank.misconception("depthwise_conv2d", FLIPPED)
def depthwise_kernel_flipped(x: Array, kernel: Array) -> Array:
    return reference.depthwise_conv2d(x, kernel[::-1, ::-1])


@bank.misconception("depthwise_conv2d", "필터의 행과 열이 바뀌었습니다.")
def depthwise_kernel_transposed(x: Array, kernel: Array) -> Array:
    return reference.depthwise_conv2d(x, kernel.transpose(1, 0, 2))


@bank.misconception("depthwise_conv2d", CHANNELS_SUMMED)
def depthwise_channels_summed(x: Array, kernel: Array) -> Any:
    return reference.depthwise_conv2d(x, kernel).sum(axis=-1)


@bank.misconception("depthwise_conv2d", CHANNELS_SUMMED)
def depthwise_sum_in_every_channel(x: Array, kernel: Array) -> Array:
    y = reference.depthwise_conv2d(x, kernel)
    return np.broadcast_to(y.sum(axis=-1, keepdims=True), y.shape)


@bank.misconception(
    "depthwise_conv2d", "모든 채널에 첫째 필터를 썼습니다. 채널마다 제 필터가 있습니다."
)
def depthwise_first_kernel_for_all(x: Array, kernel: Array) -> Array:
    return reference.depthwise_conv2d(x, np.broadcast_to(kernel[..., :1], kernel.shape))


@bank.misconception("depthwise_conv2d", "평균을 구했습니다. 합성곱은 곱한 값을 모두 더합니다.")
def depthwise_mean(x: Array, kernel: Array) -> Any:
    return reference.depthwise_conv2d(x, kernel) / kernel.shape[0] ** 2


@bank.misconception("depthwise_conv2d", PADDED)
def depthwise_padded(x: Array, kernel: Array) -> Array:
    return reference.depthwise_conv2d(_padded(x, kernel.shape[0]), kernel)


@bank.misconception(
    "depthwise_conv2d", "출력이 한 줄 모자랍니다. 자리는 `h - k`가 아니라 `h - k + 1`개입니다."
)
def depthwise_one_row_short(x: Array, kernel: Array) -> Array:
    return reference.depthwise_conv2d(x, kernel)[:-1, :-1]


@bank.misconception(
    "pointwise_conv2d", "필터의 두 축이 바뀌었습니다. `kernel[c, f]`에서 c가 입력 채널입니다."
)
def pointwise_kernel_transposed(x: Array, kernel: Array) -> Any:
    return x @ kernel.T


@bank.misconception(
    "pointwise_conv2d", "평균을 구했습니다. 채널에 가중치를 곱해 모두 더하기만 합니다."
)
def pointwise_mean(x: Array, kernel: Array) -> Any:
    return x @ kernel / len(kernel)


@bank.misconception("pointwise_conv2d", "활성화 함수를 적용했습니다. 합성곱만 계산하세요.")
def pointwise_activated(x: Array, kernel: Array) -> Any:
    return np.maximum(x @ kernel, 0)


@bank.misconception("separable_conv2d", "점별 합성곱이 빠졌습니다.")
def separable_depthwise_only(x: Array, depthwise_kernel: Array, pointwise_kernel: Array) -> Array:
    return reference.depthwise_conv2d(x, depthwise_kernel)


@bank.misconception("separable_conv2d", "깊이별 합성곱이 빠졌습니다.")
def separable_pointwise_only(x: Array, depthwise_kernel: Array, pointwise_kernel: Array) -> Any:
    return x @ pointwise_kernel


@bank.misconception(
    "separable_conv2d", "두 단계 사이에 활성화 함수를 넣었습니다. 합성곱만 이어서 계산하세요."
)
def separable_activated_between(x: Array, depthwise_kernel: Array, pointwise_kernel: Array) -> Any:
    return np.maximum(reference.depthwise_conv2d(x, depthwise_kernel), 0) @ pointwise_kernel


@bank.misconception("separable_conv2d", FLIPPED)
def separable_kernel_flipped(x: Array, depthwise_kernel: Array, pointwise_kernel: Array) -> Array:
    return reference.separable_conv2d(x, depthwise_kernel[::-1, ::-1], pointwise_kernel)


@bank.misconception("separable_conv2d", PADDED)
def separable_padded(x: Array, depthwise_kernel: Array, pointwise_kernel: Array) -> Array:
    padded = _padded(x, depthwise_kernel.shape[0])
    return reference.separable_conv2d(padded, depthwise_kernel, pointwise_kernel)


@bank.misconception(
    "roofline_seconds", "두 시간을 더했습니다. 계산과 옮기기는 동시에 이루어집니다."
)
def times_added(flops: float, bytes_moved: float, peak_flops: float, bandwidth: float) -> float:
    return flops / peak_flops + bytes_moved / bandwidth


@bank.misconception(
    "roofline_seconds",
    "짧은 쪽을 골랐습니다. 둘 다 마쳐야 끝나므로 늦게 끝나는 쪽이 시간을 정합니다.",
)
def shorter_time(flops: float, bytes_moved: float, peak_flops: float, bandwidth: float) -> float:
    return min(flops / peak_flops, bytes_moved / bandwidth)


@bank.misconception("roofline_seconds", "옮기는 데 걸리는 시간을 빠뜨렸습니다.")
def computing_only(flops: float, bytes_moved: float, peak_flops: float, bandwidth: float) -> float:
    return flops / peak_flops


@bank.misconception("roofline_seconds", "계산하는 데 걸리는 시간을 빠뜨렸습니다.")
def moving_only(flops: float, bytes_moved: float, peak_flops: float, bandwidth: float) -> float:
    return bytes_moved / bandwidth


@bank.misconception(
    "roofline_seconds",
    "낼 수 있는 속도(FLOP/s)를 돌려주었습니다. 시간은 연산 수를 속도로 나눈 것입니다.",
)
def speed(flops: float, bytes_moved: float, peak_flops: float, bandwidth: float) -> float:
    return min(peak_flops, bandwidth * flops / bytes_moved)


def _least_seconds(flops: float, bytes_moved: float, peak_flops: float, bandwidth: float) -> float:
    """Operations over attainable speed, as in the chapter; undefined without operations."""
    return flops / min(peak_flops, flops / bytes_moved * bandwidth)


@bank.misconception(
    "roofline_seconds", "`flops`는 이미 2를 곱한 연산 수입니다. 다시 곱하지 마세요."
)
def doubled_again(flops: float, bytes_moved: float, peak_flops: float, bandwidth: float) -> float:
    return _least_seconds(2 * flops, bytes_moved, peak_flops, bandwidth)


@bank.misconception(
    "roofline_seconds", "`bytes_moved`는 이미 바이트입니다. 4를 다시 곱하지 마세요."
)
def numbers_to_bytes_again(
    flops: float, bytes_moved: float, peak_flops: float, bandwidth: float
) -> float:
    return _least_seconds(flops, 4 * bytes_moved, peak_flops, bandwidth)


@bank.misconception(
    "roofline_seconds",
    "분모가 서로 바뀌었습니다. 연산 수는 최고 속도로, 바이트는 대역폭으로 나눕니다.",
)
def limits_swapped(flops: float, bytes_moved: float, peak_flops: float, bandwidth: float) -> float:
    return _least_seconds(flops, bytes_moved, bandwidth, peak_flops)


def _padded(x: Array, kernel_size: int) -> Array:
    """Pad with zeros to keep height and width."""
    return np.pad(x, [((kernel_size - 1) // 2, kernel_size // 2)] * 2 + [(0, 0)])
