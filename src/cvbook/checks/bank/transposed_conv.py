"""Exercises of 03_transposed_conv: size, values and overlaps of a transposed convolution."""

import numpy as np

from cvbook import arithmetic, reference
from cvbook.checks.bank.registry import Assignment
from cvbook.reference import Array

bank = Assignment("03_transposed_conv")

FLIPPED = "필터를 뒤집었습니다. 도장은 필터 그대로 찍습니다."
STRIDES_IGNORED = "보폭을 셈에 넣지 않았습니다. 도장은 보폭만큼씩 떨어집니다."


# --- Oracles ------------------------------------------------------------------------------------


@bank.oracle
def output_size(n: int, kernel_size: int, strides: int, padding: str = "valid") -> int:
    """`keras.layers.Conv2DTranspose.compute_output_shape`."""
    from keras import layers

    layer = layers.Conv2DTranspose(1, kernel_size, strides=strides, padding=padding)
    return int(layer.compute_output_shape((1, n, n, 1))[1])


@bank.oracle
def conv2d_transpose(x: Array, kernel: Array, strides: int = 1) -> Array:
    """`keras.ops.conv_transpose` of one channel."""
    return conv2d_transpose_channels(x[..., None], kernel[..., None, None], strides)[..., 0]


@bank.oracle
def conv2d_transpose_channels(
    x: Array, kernel: Array, strides: int = 1, padding: str = "valid"
) -> Array:
    """`keras.ops.conv_transpose`."""
    from keras import ops

    x, kernel = np.asarray(x, "float32"), np.asarray(kernel, "float32")
    return np.asarray(ops.conv_transpose(x[None], kernel, strides, padding)[0])


bank.oracle(reference.overlap_count)
bank.oracle(arithmetic.has_checkerboard)

# Their tests say themselves what is wrong.
bank.without_oracle("bilinear_kernel")
bank.without_oracle("repair_upsampling")


# --- Misconceptions about the size --------------------------------------------------------------


@bank.misconception(
    "output_size",
    "보폭이 필터보다 클 때 케라스는 마지막 도장 뒤의 틈도 남깁니다: n·s + max(k - s, 0).",
)
def size_without_last_gap(n: int, kernel_size: int, strides: int, padding: str = "valid") -> int:
    return n * strides if padding == "same" else (n - 1) * strides + kernel_size


@bank.misconception(
    "output_size", '패딩에 따라 길이가 다릅니다. "valid"에서는 필터가 넘치는 만큼 길어집니다.'
)
def size_always_same(n: int, kernel_size: int, strides: int, padding: str = "valid") -> int:
    return n * strides


@bank.misconception("output_size", '패딩에 따라 길이가 다릅니다. "same"이면 꼭 n·s입니다.')
def size_always_valid(n: int, kernel_size: int, strides: int, padding: str = "valid") -> int:
    return arithmetic.output_size(n, kernel_size, strides)


@bank.misconception("output_size", "보통 합성곱의 식입니다. 전치 합성곱은 출력이 더 커집니다.")
def size_of_forward_convolution(
    n: int, kernel_size: int, strides: int, padding: str = "valid"
) -> int:
    if padding == "same":
        return -(-n // strides)
    return (n - kernel_size) // strides + 1


@bank.misconception("output_size", "보폭을 셈에 넣지 않았습니다.")
def size_with_stride_one(n: int, kernel_size: int, strides: int, padding: str = "valid") -> int:
    return arithmetic.output_size(n, kernel_size, 1, padding)


# --- Misconceptions about the values ------------------------------------------------------------


@bank.misconception(
    "conv2d_transpose", "겹친 자리를 덮어썼습니다. 도장이 겹치면 더해야 합니다(`+=`)."
)
def overlaps_overwritten(x: Array, kernel: Array, strides: int = 1) -> Array:
    y = np.zeros([arithmetic.output_size(n, len(kernel), strides) for n in x.shape])
    for entry, window in reference.output_windows(x.shape, kernel.shape, strides):
        y[window] = x[entry] * kernel
    return y


@bank.misconception("conv2d_transpose", FLIPPED)
def kernel_flipped(x: Array, kernel: Array, strides: int = 1) -> Array:
    return reference.conv2d_transpose(x, kernel[::-1, ::-1], strides)


@bank.misconception("conv2d_transpose", "필터의 행과 열이 바뀌었습니다.")
def kernel_transposed(x: Array, kernel: Array, strides: int = 1) -> Array:
    return reference.conv2d_transpose(x, kernel.T, strides)


@bank.misconception("conv2d_transpose", STRIDES_IGNORED)
def strides_ignored(x: Array, kernel: Array, strides: int = 1) -> Array:
    return reference.conv2d_transpose(x, kernel)


@bank.misconception(
    "conv2d_transpose", "보폭이 필터보다 클 때 케라스는 마지막 도장 뒤의 틈도 남깁니다."
)
def last_gap_cut(x: Array, kernel: Array, strides: int = 1) -> Array:
    height, width = ((n - 1) * strides + len(kernel) for n in x.shape)
    return reference.conv2d_transpose(x, kernel, strides)[:height, :width]


@bank.misconception(
    "conv2d_transpose_channels",
    "필터의 마지막 두 축을 바꾸어 읽었습니다. `Conv2DTranspose`에서는 출력 채널이 먼저입니다.",
)
def kernel_channels_swapped(
    x: Array, kernel: Array, strides: int = 1, padding: str = "valid"
) -> Array:
    return reference.conv2d_transpose_channels(x, kernel.swapaxes(2, 3), strides, padding)


@bank.misconception("conv2d_transpose_channels", '"same"인데 자르지 않았습니다.')
def never_cropped(x: Array, kernel: Array, strides: int = 1, padding: str = "valid") -> Array:
    return reference.conv2d_transpose_channels(x, kernel, strides)


def _cropped(x: Array, kernel: Array, strides: int, padding: str, start: int) -> Array:
    """Crop a "same" result from `start` on."""
    y = reference.conv2d_transpose_channels(x, kernel, strides)
    if padding == "same":
        height, width = (n * strides for n in x.shape[:2])
        y = y[start : start + height, start : start + width]
    return y


@bank.misconception("conv2d_transpose_channels", '"same"은 넘치는 길이의 절반을 앞에서도 자릅니다.')
def cropped_at_the_end_only(
    x: Array, kernel: Array, strides: int = 1, padding: str = "valid"
) -> Array:
    return _cropped(x, kernel, strides, padding, 0)


@bank.misconception(
    "conv2d_transpose_channels", "앞에서 자를 길이는 넘치는 길이의 절반을 내림한 것입니다."
)
def cropped_rounding_up(x: Array, kernel: Array, strides: int = 1, padding: str = "valid") -> Array:
    return _cropped(x, kernel, strides, padding, (max(len(kernel) - strides, 0) + 1) // 2)


@bank.misconception("conv2d_transpose_channels", FLIPPED)
def channels_kernel_flipped(
    x: Array, kernel: Array, strides: int = 1, padding: str = "valid"
) -> Array:
    return reference.conv2d_transpose_channels(x, kernel[::-1, ::-1], strides, padding)


# --- Misconceptions about overlaps --------------------------------------------------------------


@bank.misconception("overlap_count", "덮였는지만 보았습니다. 겹친 횟수를 세세요.")
def covered_or_not(n: int, kernel_size: int, strides: int) -> Array:
    return np.minimum(reference.overlap_count(n, kernel_size, strides), 1)


@bank.misconception("overlap_count", '패딩은 "valid"이므로 가장자리를 잘라 내지 않습니다.')
def count_cropped_to_same(n: int, kernel_size: int, strides: int) -> Array:
    start = max(kernel_size - strides, 0) // 2
    kept = slice(start, start + n * strides)
    return reference.overlap_count(n, kernel_size, strides)[kept, kept]


@bank.misconception("overlap_count", STRIDES_IGNORED)
def count_with_stride_one(n: int, kernel_size: int, strides: int) -> Array:
    return reference.overlap_count(n, kernel_size, 1)


@bank.misconception("has_checkerboard", "참과 거짓이 반대입니다.")
def checkerboard_inverted(kernel_size: int, strides: int) -> bool:
    return kernel_size % strides == 0


@bank.misconception(
    "has_checkerboard", "나눗셈이 거꾸로입니다. 필터의 크기를 보폭으로 나누어 보세요."
)
def checkerboard_division_reversed(kernel_size: int, strides: int) -> bool:
    return strides % kernel_size != 0


@bank.misconception(
    "has_checkerboard", "겹치는 것만으로는 무늬가 생기지 않습니다. 횟수가 서로 달라야 합니다."
)
def checkerboard_by_any_overlap(kernel_size: int, strides: int) -> bool:
    return kernel_size > strides


@bank.misconception("has_checkerboard", "가장자리의 횟수까지 비교했습니다. 안쪽만 보세요.")
def checkerboard_with_edges(kernel_size: int, strides: int) -> bool:
    return len(np.unique(reference.overlap_count(9, kernel_size, strides))) > 1
