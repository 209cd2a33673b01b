"""Wrong answers that students often give, each with the hint that helps.

`cvbook.checks` compares a failed answer with these and shows the hint of the one that gives the
same. Each takes the arguments of the function it is a slip of.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np

from cvbook import arithmetic, reference

Slip = tuple[str, Callable[..., Any]]

_SLIPS: dict[str, list[Slip]] = defaultdict(list)


def of(name: str) -> list[Slip]:
    """Return the known slips of a function, as pairs of hint and wrong function."""
    return _SLIPS.get(name, [])


def _slip(name: str, hint: str) -> Callable[[Callable[..., Any]], None]:
    def register(function: Callable[..., Any]) -> None:
        _SLIPS[name].append((hint, function))

    return register


# --- 07: separable convolution ------------------------------------------------------------------


@_slip("conv2d_params", "편향까지 세었습니다. 편향은 `use_bias=True`일 때만 더합니다.")
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 * in_channels * filters + filters


@_slip("conv2d_params", "`use_bias=True`일 때 필터마다 하나씩인 편향을 빠뜨렸습니다.")
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 * in_channels * filters


@_slip("conv2d_params", "커널은 가로와 세로가 있으므로 `kernel_size`를 제곱해야 합니다.")
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size * in_channels * filters + use_bias * filters


@_slip("conv2d_params", "필터 하나는 모든 입력 채널을 봅니다. `in_channels`도 곱하세요.")
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 * filters + use_bias * filters


@_slip("conv2d_params", "편향은 입력 채널이 아니라 필터마다 하나입니다.")
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 * in_channels * filters + use_bias * in_channels


@_slip("conv2d_params", "편향은 필터마다 하나씩, 모두 `filters`개입니다.")
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 * in_channels * filters + use_bias


@_slip("separable_conv2d_params", "이것은 보통 `Conv2D`의 파라미터 수입니다.")
def _(kernel_size, in_channels, filters, use_bias=False):
    return arithmetic.conv2d_params(kernel_size, in_channels, filters, use_bias)


@_slip("separable_conv2d_params", "편향까지 세었습니다. 편향은 `use_bias=True`일 때만 더합니다.")
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 * in_channels + in_channels * filters + filters


@_slip("separable_conv2d_params", "`use_bias=True`일 때 필터마다 하나씩인 편향을 빠뜨렸습니다.")
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 * in_channels + in_channels * filters


@_slip(
    "separable_conv2d_params",
    "편향은 점별 합성곱 뒤에 한 번만 더합니다. 채널별 합성곱에는 편향이 없습니다.",
)
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 * in_channels + in_channels * filters + use_bias * (in_channels + filters)


@_slip("separable_conv2d_params", "점별(1×1) 합성곱의 파라미터를 빠뜨렸습니다.")
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 * in_channels + use_bias * filters


@_slip(
    "separable_conv2d_params", "채널별 커널은 입력 채널마다 하나입니다. `in_channels`를 곱하세요."
)
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 + in_channels * filters + use_bias * filters


@_slip("separable_conv2d_params", "두 단계의 파라미터는 곱하지 않고 더합니다.")
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 * in_channels * in_channels * filters + use_bias * filters


@_slip("separable_conv2d_params", "커널은 가로와 세로가 있으므로 `kernel_size`를 제곱해야 합니다.")
def _(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size * in_channels + in_channels * filters + use_bias * filters


for _name, _params in [
    ("conv2d_macs", arithmetic.conv2d_params),
    ("separable_conv2d_macs", arithmetic.separable_conv2d_params),
]:

    @_slip(_name, "파라미터 수입니다. 곱셈은 출력의 모든 자리에서 되풀이됩니다.")
    def _(height, width, kernel_size, in_channels, filters, params=_params):
        return params(kernel_size, in_channels, filters)

    @_slip(_name, "출력의 자리는 `height × width`개입니다. 너비도 곱하세요.")
    def _(height, width, kernel_size, in_channels, filters, params=_params):
        return height * params(kernel_size, in_channels, filters)

    @_slip(_name, "높이를 두 번 곱했습니다. 출력이 정사각형이라는 법은 없습니다.")
    def _(height, width, kernel_size, in_channels, filters, params=_params):
        return height * height * params(kernel_size, in_channels, filters)

    @_slip(_name, "`height`와 `width`는 이미 출력의 크기입니다. 커널 크기를 또 빼지 마세요.")
    def _(height, width, kernel_size, in_channels, filters, params=_params):
        rows, columns = height - kernel_size + 1, width - kernel_size + 1
        return rows * columns * params(kernel_size, in_channels, filters)

    @_slip(_name, "곱셈과 덧셈을 한 번의 MAC으로 셉니다. 2를 곱하지 마세요.")
    def _(height, width, kernel_size, in_channels, filters, params=_params):
        return 2 * height * width * params(kernel_size, in_channels, filters)

    @_slip(_name, "편향을 더하는 일은 MAC으로 세지 않습니다.")
    def _(height, width, kernel_size, in_channels, filters, params=_params):
        return height * width * params(kernel_size, in_channels, filters, use_bias=True)


@_slip("separable_conv2d_macs", "이것은 보통 `Conv2D`의 연산량입니다.")
def _(height, width, kernel_size, in_channels, filters):
    return arithmetic.conv2d_macs(height, width, kernel_size, in_channels, filters)


@_slip("separable_conv2d_macs", "점별(1×1) 합성곱의 연산을 빠뜨렸습니다.")
def _(height, width, kernel_size, in_channels, filters):
    return height * width * kernel_size**2 * in_channels


@_slip("separable_conv2d_macs", "점별 합성곱도 출력의 모든 자리에서 계산합니다.")
def _(height, width, kernel_size, in_channels, filters):
    return height * width * kernel_size**2 * in_channels + in_channels * filters


@_slip(
    "depthwise_conv2d",
    "커널을 뒤집었습니다. 딥러닝의 합성곱은 커널을 뒤집지 않고 그대로 곱합니다.",
)
def _(x, kernel):
    return reference.depthwise_conv2d(x, kernel[::-1, ::-1])


@_slip("depthwise_conv2d", "커널의 행과 열이 바뀌었습니다.")
def _(x, kernel):
    return reference.depthwise_conv2d(x, kernel.transpose(1, 0, 2))


@_slip("depthwise_conv2d", "모든 채널을 더했습니다. 채널별 합성곱은 채널끼리 섞지 않습니다.")
def _(x, kernel):
    return reference.depthwise_conv2d(x, kernel).sum(axis=-1)


@_slip("depthwise_conv2d", "모든 채널을 더했습니다. 채널별 합성곱은 채널끼리 섞지 않습니다.")
def _(x, kernel):
    y = reference.depthwise_conv2d(x, kernel)
    return np.broadcast_to(y.sum(axis=-1, keepdims=True), y.shape)


@_slip("depthwise_conv2d", "모든 채널에 첫째 커널을 썼습니다. 채널마다 제 커널이 있습니다.")
def _(x, kernel):
    return reference.depthwise_conv2d(x, np.broadcast_to(kernel[..., :1], kernel.shape))


@_slip("depthwise_conv2d", "평균을 구했습니다. 합성곱은 곱한 값을 모두 더합니다.")
def _(x, kernel):
    return reference.depthwise_conv2d(x, kernel) / kernel.shape[0] ** 2


@_slip("depthwise_conv2d", '입력을 0으로 둘러쌌습니다. 패딩은 "valid", 곧 없습니다.')
def _(x, kernel):
    k = kernel.shape[0]
    before, after = (k - 1) // 2, k // 2
    return reference.depthwise_conv2d(np.pad(x, [(before, after)] * 2 + [(0, 0)]), kernel)


@_slip("depthwise_conv2d", "출력이 한 줄 모자랍니다. 자리는 `h - k`가 아니라 `h - k + 1`개입니다.")
def _(x, kernel):
    return reference.depthwise_conv2d(x, kernel)[:-1, :-1]


@_slip("pointwise_conv2d", "커널의 두 축이 바뀌었습니다. `kernel[c, f]`에서 c가 입력 채널입니다.")
def _(x, kernel):
    return x @ kernel.T


@_slip("pointwise_conv2d", "평균을 구했습니다. 채널에 가중치를 곱해 모두 더하기만 합니다.")
def _(x, kernel):
    return x @ kernel / len(kernel)


@_slip("pointwise_conv2d", "활성화 함수를 적용했습니다. 합성곱만 계산하세요.")
def _(x, kernel):
    return np.maximum(x @ kernel, 0)


@_slip("separable_conv2d", "점별 합성곱이 빠졌습니다.")
def _(x, depthwise_kernel, pointwise_kernel):
    return reference.depthwise_conv2d(x, depthwise_kernel)


@_slip("separable_conv2d", "채널별 합성곱이 빠졌습니다.")
def _(x, depthwise_kernel, pointwise_kernel):
    return x @ pointwise_kernel


@_slip("separable_conv2d", "두 단계 사이에 활성화 함수를 넣었습니다. 합성곱만 이어서 계산하세요.")
def _(x, depthwise_kernel, pointwise_kernel):
    return np.maximum(reference.depthwise_conv2d(x, depthwise_kernel), 0) @ pointwise_kernel


@_slip(
    "separable_conv2d",
    "커널을 뒤집었습니다. 딥러닝의 합성곱은 커널을 뒤집지 않고 그대로 곱합니다.",
)
def _(x, depthwise_kernel, pointwise_kernel):
    return reference.separable_conv2d(x, depthwise_kernel[::-1, ::-1], pointwise_kernel)


@_slip("separable_conv2d", '입력을 0으로 둘러쌌습니다. 패딩은 "valid", 곧 없습니다.')
def _(x, depthwise_kernel, pointwise_kernel):
    k = depthwise_kernel.shape[0]
    padded = np.pad(x, [((k - 1) // 2, k // 2)] * 2 + [(0, 0)])
    return reference.separable_conv2d(padded, depthwise_kernel, pointwise_kernel)


# --- 03: transposed convolution -----------------------------------------------------------------


@_slip(
    "output_size",
    "보폭이 커널보다 클 때 Keras는 마지막 도장 뒤의 틈도 남깁니다: n·s + max(k - s, 0).",
)
def _(n, kernel_size, strides, padding="valid"):
    return n * strides if padding == "same" else (n - 1) * strides + kernel_size


@_slip("output_size", '패딩에 따라 길이가 다릅니다. "valid"에서는 커널이 넘치는 만큼 길어집니다.')
def _(n, kernel_size, strides, padding="valid"):
    return n * strides


@_slip("output_size", '패딩에 따라 길이가 다릅니다. "same"이면 꼭 n·s입니다.')
def _(n, kernel_size, strides, padding="valid"):
    return arithmetic.output_size(n, kernel_size, strides)


@_slip("output_size", "보통 합성곱의 식입니다. 전치 합성곱은 출력이 더 커집니다.")
def _(n, kernel_size, strides, padding="valid"):
    if padding == "same":
        return -(-n // strides)
    return (n - kernel_size) // strides + 1


@_slip("output_size", "보폭을 셈에 넣지 않았습니다.")
def _(n, kernel_size, strides, padding="valid"):
    return arithmetic.output_size(n, kernel_size, 1, padding)


def _stamped(x, kernel, strides, stamp):
    """Transposed convolution of one channel that lays its copies by `stamp(y, part, copy)`."""
    k = len(kernel)
    y = np.zeros([arithmetic.output_size(n, k, strides) for n in x.shape])
    for i, j in np.ndindex(*x.shape):
        part = np.s_[i * strides : i * strides + k, j * strides : j * strides + k]
        stamp(y, part, x[i, j] * kernel)
    return y


@_slip("conv2d_transpose", "겹친 자리를 덮어썼습니다. 도장이 겹치면 더해야 합니다(`+=`).")
def _(x, kernel, strides=1):
    return _stamped(x, kernel, strides, lambda y, part, copy: y.__setitem__(part, copy))


@_slip("conv2d_transpose", "커널을 뒤집었습니다. 도장은 커널 그대로 찍습니다.")
def _(x, kernel, strides=1):
    return reference.conv2d_transpose(x, kernel[::-1, ::-1], strides)


@_slip("conv2d_transpose", "커널의 행과 열이 바뀌었습니다.")
def _(x, kernel, strides=1):
    return reference.conv2d_transpose(x, kernel.T, strides)


@_slip("conv2d_transpose", "보폭을 셈에 넣지 않았습니다. 도장은 보폭만큼씩 떨어집니다.")
def _(x, kernel, strides=1):
    return reference.conv2d_transpose(x, kernel)


@_slip("conv2d_transpose", "보폭이 커널보다 클 때 Keras는 마지막 도장 뒤의 틈도 남깁니다.")
def _(x, kernel, strides=1):
    height, width = ((n - 1) * strides + len(kernel) for n in x.shape)
    return reference.conv2d_transpose(x, kernel, strides)[:height, :width]


@_slip(
    "conv2d_transpose_channels",
    "커널의 마지막 두 축을 바꾸어 읽었습니다. `Conv2DTranspose`에서는 출력 채널이 먼저입니다.",
)
def _(x, kernel, strides=1, padding="valid"):
    return reference.conv2d_transpose_channels(x, kernel.swapaxes(2, 3), strides, padding)


@_slip("conv2d_transpose_channels", '"same"인데 자르지 않았습니다.')
def _(x, kernel, strides=1, padding="valid"):
    return reference.conv2d_transpose_channels(x, kernel, strides)


def _cropped(x, kernel, strides, padding, start):
    y = reference.conv2d_transpose_channels(x, kernel, strides)
    if padding == "same":
        height, width = (n * strides for n in x.shape[:2])
        y = y[start : start + height, start : start + width]
    return y


@_slip("conv2d_transpose_channels", '"same"은 넘치는 길이의 절반을 앞에서도 자릅니다.')
def _(x, kernel, strides=1, padding="valid"):
    return _cropped(x, kernel, strides, padding, 0)


@_slip("conv2d_transpose_channels", "앞에서 자를 길이는 넘치는 길이의 절반을 내림한 것입니다.")
def _(x, kernel, strides=1, padding="valid"):
    return _cropped(x, kernel, strides, padding, (max(len(kernel) - strides, 0) + 1) // 2)


@_slip("conv2d_transpose_channels", "커널을 뒤집었습니다. 도장은 커널 그대로 찍습니다.")
def _(x, kernel, strides=1, padding="valid"):
    return reference.conv2d_transpose_channels(x, kernel[::-1, ::-1], strides, padding)


@_slip("overlap_count", "덮였는지만 보았습니다. 겹친 횟수를 세세요.")
def _(n, kernel_size, strides):
    return np.minimum(reference.overlap_count(n, kernel_size, strides), 1)


@_slip("overlap_count", '패딩은 "valid"이므로 가장자리를 잘라 내지 않습니다.')
def _(n, kernel_size, strides):
    start = max(kernel_size - strides, 0) // 2
    kept = slice(start, start + n * strides)
    return reference.overlap_count(n, kernel_size, strides)[kept, kept]


@_slip("overlap_count", "보폭을 셈에 넣지 않았습니다. 도장은 보폭만큼씩 떨어집니다.")
def _(n, kernel_size, strides):
    return reference.overlap_count(n, kernel_size, 1)


@_slip("has_checkerboard", "참과 거짓이 반대입니다.")
def _(kernel_size, strides):
    return kernel_size % strides == 0


@_slip("has_checkerboard", "나눗셈이 거꾸로입니다. 커널의 크기를 보폭으로 나누어 보세요.")
def _(kernel_size, strides):
    return strides % kernel_size != 0


@_slip("has_checkerboard", "겹치는 것만으로는 무늬가 생기지 않습니다. 횟수가 서로 달라야 합니다.")
def _(kernel_size, strides):
    return kernel_size > strides


@_slip("has_checkerboard", "가장자리의 횟수까지 비교했습니다. 안쪽만 보세요.")
def _(kernel_size, strides):
    return len(np.unique(reference.overlap_count(9, kernel_size, strides))) > 1


# --- 01: tasks ----------------------------------------------------------------------------------


@_slip("multi_hot", "같은 이름이 두 번 나와도 값은 1입니다.")
def _(labels, class_names):
    return np.array([[names.count(name) for name in class_names] for names in labels])


@_slip("multi_hot", "사진마다 이름 하나만 적었습니다. 목록의 이름을 모두 1로 하세요.")
def _(labels, class_names):
    return reference.multi_hot([names[:1] for names in labels], class_names)


@_slip("multi_hot", "열의 순서는 `class_names`의 순서입니다. 정렬하지 마세요.")
def _(labels, class_names):
    return reference.multi_hot(labels, sorted(class_names))


@_slip(
    "predict_single_label", "사진(행)마다 골라야 하는데 클래스(열)마다 골랐습니다. axis=1입니다."
)
def _(probs):
    return np.argmax(probs, axis=0)


@_slip("predict_single_label", "확률을 돌려주었습니다. 그 확률이 있는 자리의 번호가 필요합니다.")
def _(probs):
    return np.max(probs, axis=1)


@_slip("predict_single_label", "확률이 가장 작은 클래스를 골랐습니다.")
def _(probs):
    return np.argmin(probs, axis=1)


@_slip("predict_single_label", "원-핫 배열입니다. 사진마다 번호 하나를 돌려주세요.")
def _(probs):
    return (probs == probs.max(axis=1, keepdims=True)).astype(int)


@_slip("predict_multi_label", "확률이 기준값과 꼭 같을 때도 `True`입니다(이상, `>=`).")
def _(probs, threshold=0.5):
    return probs > threshold


@_slip("predict_multi_label", "기준값을 0.5로 못박았습니다. `threshold`를 쓰세요.")
def _(probs, threshold=0.5):
    return probs >= 0.5


@_slip(
    "predict_multi_label",
    "사진마다 하나만 골랐습니다. 기준값 이상이면 여럿일 수도, 없을 수도 있습니다.",
)
def _(probs, threshold=0.5):
    return probs == probs.max(axis=1, keepdims=True)


def _iou(a, b, floor=0.0, extra=0.0, union=None):
    sides = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]) + extra
    inter = np.prod(np.maximum(sides, floor))
    total = np.prod(a[2:] - a[:2] + extra) + np.prod(b[2:] - b[:2] + extra) - inter
    total = total if union is None else union(a, b, inter)
    return inter / total if total else 0.0


@_slip("box_iou", "떨어진 상자에서는 너비나 높이가 음수가 됩니다. 각각 0으로 막으세요.")
def _(a, b):
    return _iou(a, b, floor=-np.inf)


@_slip("box_iou", "합집합에서 교집합을 두 번 세었습니다. 두 넓이의 합에서 교집합을 한 번 빼세요.")
def _(a, b):
    return _iou(a, b, union=lambda a, b, inter: np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]))


@_slip("box_iou", "좌표는 픽셀의 번호가 아니라 길이입니다. 너비와 높이에 1을 더하지 마세요.")
def _(a, b):
    return _iou(a, b, extra=1.0)


@_slip("box_iou", "뒤의 두 수는 너비와 높이가 아니라 (xmax, ymax)입니다.")
def _(a, b):
    return _iou(np.r_[a[:2], a[:2] + a[2:]], np.r_[b[:2], b[:2] + b[2:]])


@_slip("box_iou", "두 상자를 둘러싼 상자의 넓이로 나누었습니다. 합집합은 그보다 작습니다.")
def _(a, b):
    return _iou(
        a,
        b,
        union=lambda a, b, inter: np.prod(np.maximum(a[2:], b[2:]) - np.minimum(a[:2], b[:2])),
    )


def _nms(boxes, order, keep):
    kept: list[int] = []
    for index in order:
        if keep(index, kept, lambda i, j: reference.box_iou(boxes[i], boxes[j])):
            kept.append(int(index))
    return np.array(kept)


@_slip("non_max_suppression", "IoU가 기준값과 꼭 같으면 버리지 않습니다.")
def _(boxes, scores, iou_threshold=0.5):
    return _nms(
        boxes,
        np.argsort(-scores),
        lambda i, kept, iou: all(iou(i, j) < iou_threshold for j in kept),
    )


@_slip("non_max_suppression", "점수가 낮은 것부터 남겼습니다. 높은 것부터 보세요.")
def _(boxes, scores, iou_threshold=0.5):
    return reference.non_max_suppression(boxes, -scores, iou_threshold)


@_slip("non_max_suppression", "상자를 주어진 순서대로 보았습니다. 점수가 높은 순서로 보세요.")
def _(boxes, scores, iou_threshold=0.5):
    return reference.non_max_suppression(boxes, -np.arange(len(scores)), iou_threshold)


@_slip(
    "non_max_suppression", "버려진 상자가 다른 상자를 버리게 했습니다. 남긴 상자와만 비교하세요."
)
def _(boxes, scores, iou_threshold=0.5):
    order = list(np.argsort(-scores))
    return _nms(
        boxes,
        order,
        lambda i, kept, iou: all(iou(i, j) <= iou_threshold for j in order[: order.index(i)]),
    )


@_slip("non_max_suppression", "남은 번호의 순서가 다릅니다. 점수가 높은 것부터 놓으세요.")
def _(boxes, scores, iou_threshold=0.5):
    return np.sort(reference.non_max_suppression(boxes, scores, iou_threshold))


@_slip("non_max_suppression", "상자가 아니라 상자의 번호를 돌려주세요.")
def _(boxes, scores, iou_threshold=0.5):
    return boxes[reference.non_max_suppression(boxes, scores, iou_threshold)]


@_slip("non_max_suppression", "기준값을 0.5로 못박았습니다. `iou_threshold`를 쓰세요.")
def _(boxes, scores, iou_threshold=0.5):
    return reference.non_max_suppression(boxes, scores)


@_slip("cosine_similarity", "내적을 두 벡터의 길이로 나누지 않았습니다.")
def _(features):
    return features @ features.T


@_slip("cosine_similarity", "길이가 0인 벡터는 자기 자신과의 유사도도 0입니다.")
def _(features):
    similarity = reference.cosine_similarity(features)
    np.fill_diagonal(similarity, 1)
    return similarity


@_slip("cosine_similarity", "길이는 제곱합의 제곱근입니다. 제곱근을 빠뜨렸습니다.")
def _(features):
    squares = (features**2).sum(axis=1, keepdims=True)
    unit = features / np.where(squares == 0, 1, squares)
    return unit @ unit.T


@_slip("cosine_similarity", "부호를 없앴습니다. 반대 방향이면 유사도는 음수입니다.")
def _(features):
    return np.abs(reference.cosine_similarity(features))


@_slip("cosine_similarity", "유사도가 아니라 거리(1 - 유사도)입니다.")
def _(features):
    return 1 - reference.cosine_similarity(features)


# --- 02: segmentation ---------------------------------------------------------------------------


@_slip("trimap_to_target", "1을 빼지 않았습니다. 번호는 0부터 시작합니다.")
def _(trimap):
    return np.asarray(trimap, "uint8")


@_slip("pixel_accuracy", "개수를 돌려주었습니다. 전체 픽셀 수로 나눈 비율이 필요합니다.")
def _(target, predicted):
    return np.sum(target == predicted)


@_slip("pixel_accuracy", "틀린 픽셀의 비율을 구했습니다.")
def _(target, predicted):
    return np.mean(target != predicted)


def _class_ious(target, predicted, labels, union=None):
    for label in labels:
        a, b = target == label, predicted == label
        yield np.sum(a & b), np.sum(a | b) if union is None else union(a, b)


def _mean(values):
    return float(np.mean(list(values)))


@_slip("mean_iou", "정답에도 예측에도 없는 클래스를 0으로 셈에 넣었습니다. 평균에서 빼야 합니다.")
def _(target, predicted, num_classes):
    ious = _class_ious(target, predicted, range(num_classes))
    return _mean(inter / max(union, 1) for inter, union in ious)


@_slip("mean_iou", "정답에도 예측에도 없는 클래스를 1로 셈에 넣었습니다. 평균에서 빼야 합니다.")
def _(target, predicted, num_classes):
    ious = _class_ious(target, predicted, range(num_classes))
    return _mean(inter / union if union else 1.0 for inter, union in ious)


@_slip("mean_iou", "예측에만 있는 클래스를 빠뜨렸습니다. 그 IoU는 0이며 평균에 넣습니다.")
def _(target, predicted, num_classes):
    return _mean(i / u for i, u in _class_ious(target, predicted, np.unique(target)))


@_slip("mean_iou", "합집합에서 교집합을 두 번 세었습니다.")
def _(target, predicted, num_classes):
    ious = _class_ious(target, predicted, range(num_classes), lambda a, b: a.sum() + b.sum())
    return _mean(inter / union for inter, union in ious if union)


@_slip("mean_iou", "0번 클래스를 빠뜨렸습니다. 배경도 클래스입니다.")
def _(target, predicted, num_classes):
    return _mean(i / u for i, u in _class_ious(target, predicted, range(1, num_classes)) if u)


@_slip("mean_iou", "픽셀 정확도입니다. 클래스마다 IoU를 구해 평균하세요.")
def _(target, predicted, num_classes):
    return reference.pixel_accuracy(target, predicted)


def _log_loss(target, probs, log=np.log, low=1e-7):
    chosen = np.take_along_axis(probs, target[..., None].astype(int), axis=-1)
    return -log(np.maximum(chosen, low))


@_slip("sparse_categorical_crossentropy", "평균이 아니라 합을 구했습니다.")
def _(target, probs):
    return _log_loss(target, probs).sum()


@_slip("sparse_categorical_crossentropy", "밑이 2인 로그입니다. 자연로그(`np.log`)를 쓰세요.")
def _(target, probs):
    return _log_loss(target, probs, np.log2).mean()


@_slip("sparse_categorical_crossentropy", "밑이 10인 로그입니다. 자연로그(`np.log`)를 쓰세요.")
def _(target, probs):
    return _log_loss(target, probs, np.log10).mean()


@_slip("sparse_categorical_crossentropy", "정답 클래스가 아니라 가장 큰 확률의 로그를 구했습니다.")
def _(target, probs):
    return -np.log(np.maximum(probs.max(axis=-1), 1e-7)).mean()


@_slip("sparse_categorical_crossentropy", "이미 확률인 값에 소프트맥스를 또 적용했습니다.")
def _(target, probs):
    return _log_loss(target, np.exp(probs) / np.exp(probs).sum(axis=-1, keepdims=True)).mean()


for _low in (1e-15, 1e-12, 1e-10, 1e-8, 1e-6, 1e-5, 1e-3):

    @_slip("sparse_categorical_crossentropy", "확률을 다른 값에서 잘랐습니다. Keras는 1e-7입니다.")
    def _(target, probs, low=_low):
        return _log_loss(target, probs, low=low).mean()


# --- 05: residual connections -------------------------------------------------------------------


def _first_stride(input_shape, output_shape, length):
    for strides in range(1, max(input_shape[:2]) + 1):
        if [length(n, strides) for n in input_shape[:2]] == list(output_shape[:2]):
            return {"filters": output_shape[2], "strides": strides}
    raise ValueError("no stride fits")


@_slip("projection", '패딩이 `"same"`이면 길이를 보폭으로 나눈 값을 버림하지 않고 올림합니다.')
def _(input_shape, output_shape):
    if tuple(input_shape) == tuple(output_shape):
        return None
    return _first_stride(input_shape, output_shape, lambda n, s: n // s)


@_slip("projection", "높이와 너비가 같아도 채널이 다르면 1×1 합성곱이 필요합니다.")
def _(input_shape, output_shape):
    if tuple(input_shape[:2]) == tuple(output_shape[:2]):
        return None
    return arithmetic.projection(input_shape, output_shape)


@_slip("projection", "채널이 같아도 높이와 너비가 다르면 보폭이 필요합니다.")
def _(input_shape, output_shape):
    if input_shape[2] == output_shape[2]:
        return None
    return arithmetic.projection(input_shape, output_shape)


@_slip("projection", "`filters`는 입력이 아니라 출력의 채널 수입니다.")
def _(input_shape, output_shape):
    answer = arithmetic.projection(input_shape, output_shape)
    return answer and {**answer, "filters": input_shape[2]}


@_slip("projection", "보폭이 늘 2는 아닙니다. 입력과 출력의 길이에서 구하세요.")
def _(input_shape, output_shape):
    if tuple(input_shape) == tuple(output_shape):
        return None
    same = tuple(input_shape[:2]) == tuple(output_shape[:2])
    return {"filters": output_shape[2], "strides": 1 if same else 2}


# --- 09: better results -------------------------------------------------------------------------


@_slip("grid_search_space", "뒤의 이름이 먼저 바뀌어야 합니다. `itertools.product`의 순서입니다.")
def _(space):
    names = list(space)[::-1]
    found = itertools.product(*(space[name] for name in names))
    return [dict(zip(names, values, strict=True)) for values in found]


@_slip("grid_search_space", "값을 나란히 짝짓지 말고 모든 조합을 만들어야 합니다.")
def _(space):
    return [dict(zip(space, values, strict=True)) for values in zip(*space.values(), strict=False)]


@_slip(
    "grid_search_space",
    "같은 사전을 고쳐 쓰면 모두 마지막 조합이 됩니다. 조합마다 새 사전을 만드세요.",
)
def _(space):
    grid = reference.grid_search_space(space)
    return grid and [grid[-1]] * len(grid)


@_slip("ensemble", "가중치를 그 합으로 나누어야 합니다.")
def _(predictions, weights=None):
    weights = np.full(len(predictions), 1 / len(predictions)) if weights is None else weights
    return np.tensordot(np.asarray(weights, float), np.asarray(predictions), axes=1)


@_slip("ensemble", "가중치를 쓰지 않았습니다.")
def _(predictions, weights=None):
    return np.mean(predictions, axis=0)


@_slip("ensemble", "클래스가 아니라 모델에 대해 평균합니다. 첫 축(axis=0)입니다.")
def _(predictions, weights=None):
    return np.mean(predictions, axis=-1)


# --- 06: batch normalization --------------------------------------------------------------------


def _normalized(x, mean, deviation, gamma, beta):
    return (x - mean) / deviation * gamma + beta


def _statistics(x):
    return np.mean(x, axis=(0, 1, 2)), np.var(x, axis=(0, 1, 2))


_ROOT = "분산이 아니라 분산의 제곱근으로 나눕니다."
_INSIDE = "`epsilon`은 제곱근 안에 더합니다."


@_slip("batch_norm_train", _INSIDE)
def _(x, gamma, beta, epsilon=1e-3):
    mean, variance = _statistics(x)
    return _normalized(x, mean, np.sqrt(variance) + epsilon, gamma, beta), mean, variance


@_slip("batch_norm_train", _ROOT)
def _(x, gamma, beta, epsilon=1e-3):
    mean, variance = _statistics(x)
    return _normalized(x, mean, variance + epsilon, gamma, beta), mean, variance


@_slip("batch_norm_train", "`gamma`를 곱하지 않았습니다.")
def _(x, gamma, beta, epsilon=1e-3):
    return reference.batch_norm_train(x, np.ones_like(gamma), beta, epsilon)


@_slip("batch_norm_train", "`beta`를 더하지 않았습니다.")
def _(x, gamma, beta, epsilon=1e-3):
    return reference.batch_norm_train(x, gamma, np.zeros_like(beta), epsilon)


@_slip("batch_norm_train", "`beta`에는 `gamma`를 곱하지 않습니다.")
def _(x, gamma, beta, epsilon=1e-3):
    return reference.batch_norm_train(x, gamma, gamma * beta, epsilon)


@_slip("update_moving", "`momentum`은 지금까지의 이동 평균에 곱합니다.")
def _(moving, batch, momentum=0.99):
    return reference.update_moving(batch, moving, momentum)


@_slip("update_moving", "배치의 통계에는 `1 - momentum`을 곱합니다.")
def _(moving, batch, momentum=0.99):
    return momentum * moving + batch


@_slip("batch_norm_inference", "추론할 때는 배치의 통계가 아니라 이동 평균을 씁니다.")
def _(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    return reference.batch_norm_train(x, gamma, beta, epsilon)[0]


@_slip("batch_norm_inference", _INSIDE)
def _(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    return _normalized(x, moving_mean, np.sqrt(moving_variance) + epsilon, gamma, beta)


@_slip("batch_norm_inference", _ROOT)
def _(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    return _normalized(x, moving_mean, moving_variance + epsilon, gamma, beta)


@_slip("batch_norm_inference", "`gamma`를 곱하지 않았습니다.")
def _(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    return _normalized(x, moving_mean, np.sqrt(moving_variance + epsilon), 1, beta)


@_slip("batch_norm_inference", "`beta`를 더하지 않았습니다.")
def _(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    return _normalized(x, moving_mean, np.sqrt(moving_variance + epsilon), gamma, 0)


def _folded(kernel, scale, beta, moving_mean):
    return kernel * scale, beta - scale * moving_mean


@_slip("fold_batch_norm", "편향만이 아니라 커널에도 채널마다의 배율을 곱해야 합니다.")
def _(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    scale = gamma / np.sqrt(moving_variance + epsilon)
    return kernel, beta - scale * moving_mean


@_slip("fold_batch_norm", "편향에는 이동 평균도 들어갑니다. 배율을 곱해서 뺍니다.")
def _(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    return kernel * (gamma / np.sqrt(moving_variance + epsilon)), beta


@_slip("fold_batch_norm", "편향에서 이동 평균을 뺄 때 배율을 곱해야 합니다.")
def _(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    return kernel * (gamma / np.sqrt(moving_variance + epsilon)), beta - moving_mean


@_slip("fold_batch_norm", _INSIDE)
def _(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    return _folded(kernel, gamma / (np.sqrt(moving_variance) + epsilon), beta, moving_mean)


@_slip("fold_batch_norm", _ROOT)
def _(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    return _folded(kernel, gamma / (moving_variance + epsilon), beta, moving_mean)


@_slip("fold_batch_norm", "`gamma`를 곱하지 않았습니다.")
def _(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    return _folded(kernel, 1 / np.sqrt(moving_variance + epsilon), beta, moving_mean)


# --- 04: architecture ---------------------------------------------------------------------------


@_slip("feature_pyramid", "홀수를 반으로 나눌 때는 버림이 아니라 올림합니다.")
def _(input_shape, filters):
    height, width, _ = input_shape
    return [(height >> i, width >> i, count) for i, count in enumerate(filters, start=1)]


@_slip("feature_pyramid", "입력의 모양은 넣지 않습니다. 블록마다 하나씩입니다.")
def _(input_shape, filters):
    return [tuple(input_shape), *arithmetic.feature_pyramid(input_shape, filters)]


@_slip("feature_pyramid", "채널은 입력의 채널 수가 아니라 그 블록의 필터 수입니다.")
def _(input_shape, filters):
    return arithmetic.feature_pyramid(input_shape, [input_shape[2]] * len(filters))


@_slip("feature_pyramid", "블록을 지난 뒤의 모양입니다. 먼저 반으로 줄인 다음 적으세요.")
def _(input_shape, filters):
    shapes = [tuple(input_shape), *arithmetic.feature_pyramid(input_shape, filters)]
    return [(*shape[:2], count) for shape, count in zip(shapes, filters, strict=False)]


@_slip("feature_pyramid", "모양은 (높이, 너비, 채널)의 차례입니다.")
def _(input_shape, filters):
    return [(w, h, c) for h, w, c in arithmetic.feature_pyramid(input_shape, filters)]


def _fields(layers, field=1, jump=1, grow=lambda k: k - 1, before=False, power=True):
    for kernel_size, strides in layers:
        jump = jump * strides if before else jump
        field += grow(kernel_size) * jump
        if not before:
            jump = jump * strides if power else strides
    return field


@_slip("receptive_field", "앞선 층의 보폭이 곱해져야 합니다.")
def _(layers):
    return 1 + sum(kernel_size - 1 for kernel_size, _ in layers)


@_slip("receptive_field", "층의 보폭은 그 층이 아니라 그다음 층부터 영향을 줍니다.")
def _(layers):
    return _fields(layers, before=True)


@_slip("receptive_field", "층 하나는 k가 아니라 k - 1만큼 더 넓게 봅니다.")
def _(layers):
    return _fields(layers, grow=lambda k: k)


@_slip("receptive_field", "수용 영역은 1에서 시작합니다. 층이 없어도 한 픽셀은 봅니다.")
def _(layers):
    return _fields(layers, field=0)


@_slip("receptive_field", "바로 앞 층의 보폭만이 아니라 앞선 모든 층의 보폭을 거듭 곱합니다.")
def _(layers):
    return _fields(layers, power=False)


@_slip("receptive_field", "층의 차례가 거꾸로입니다. 입력 쪽의 층부터 지나야 합니다.")
def _(layers):
    return _fields(layers[::-1])


# --- 08: mini-Xception --------------------------------------------------------------------------


@_slip("binary_accuracy", "확률이 정확히 0.5이면 클래스 1입니다. 0.5 이상인지를 보세요.")
def _(target, probs):
    return float(np.mean((np.asarray(probs) > 0.5) == target))


@_slip("binary_accuracy", "맞힌 수가 아니라 비율입니다. 전체의 수로 나누세요.")
def _(target, probs):
    return int(np.sum((np.asarray(probs) >= 0.5) == target))


@_slip("binary_accuracy", "맞힌 비율이 아니라 틀린 비율입니다.")
def _(target, probs):
    return float(np.mean((np.asarray(probs) >= 0.5) != target))
