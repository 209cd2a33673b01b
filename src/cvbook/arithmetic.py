"""Arithmetic of convolutional networks: sizes, parameters, operations, receptive fields.

Pure Python, so that every number of a chapter can be recomputed by hand. Parameters are named as in
Keras.
"""

from collections.abc import Iterable, Sequence

Shape = tuple[int, int, int]


def _check_padding(padding: str) -> None:
    if padding not in ("valid", "same"):
        raise ValueError(f'padding is "valid" or "same", not {padding!r}')


def conv_output_size(n: int, kernel_size: int, strides: int = 1, padding: str = "valid") -> int:
    """Length of the output of a convolution or pooling along one axis.

    Parameters
    ----------
    n, kernel_size, strides : int
        Length of the input, of the window, and its step.
    padding : {"valid", "same"}

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If `padding` is neither of the two.
    """
    _check_padding(padding)
    reach = n if padding == "same" else max(n - kernel_size + 1, 0)
    return -(-reach // strides)


def output_size(n: int, kernel_size: int, strides: int, padding: str = "valid") -> int:
    """Length of the output of `keras.layers.Conv2DTranspose` along one axis.

    Parameters
    ----------
    n, kernel_size, strides : int
        Length of the input, of the kernel, and the step between two copies of the kernel.
    padding : {"valid", "same"}

    Returns
    -------
    int
        ``n * strides`` for "same"; for "valid" the kernel's overhang is added, and the gap
        after the last copy is kept where ``strides > kernel_size``, as Keras does.

    Raises
    ------
    ValueError
        If `padding` is neither of the two.
    """
    _check_padding(padding)
    if padding == "same":
        return n * strides
    return n * strides + max(kernel_size - strides, 0)


def has_checkerboard(kernel_size: int, strides: int) -> bool:
    """Whether a transposed convolution covers its interior unevenly.

    Parameters
    ----------
    kernel_size, strides : int

    Returns
    -------
    bool
        True where `strides` does not divide `kernel_size` (Odena et al., 2016).
    """
    return kernel_size % strides != 0


def feature_pyramid(input_shape: Shape, filters: Sequence[int]) -> list[Shape]:
    """Shapes after each block of a pyramid that halves height and width, rounding up.

    Parameters
    ----------
    input_shape : (height, width, channels)
    filters : sequence of int
        Channels after each block.

    Returns
    -------
    list of (height, width, channels)
        One entry per block; the input itself is not listed.
    """
    height, width, _ = input_shape
    shapes = []
    for channels in filters:
        height, width = -(-height // 2), -(-width // 2)
        shapes.append((height, width, channels))
    return shapes


def receptive_field(layers: Iterable[tuple[int, int]]) -> int:
    """Receptive field of one output entry of a stack of layers, in input pixels along one axis.

    Parameters
    ----------
    layers : iterable of (kernel_size, strides)
        Convolutions and poolings, from the input on.

    Returns
    -------
    int
        1 for no layer.
    """
    field = jump = 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * jump
        jump *= strides
    return field


def projection(input_shape: Shape, output_shape: Shape) -> dict[str, int] | None:
    """Arguments of the 1×1 convolution that a residual shortcut needs, if it needs one.

    Parameters
    ----------
    input_shape, output_shape : (height, width, channels)
        Shapes of the shortcut's start and of the branch it is added to.

    Returns
    -------
    dict or None
        Arguments ``filters`` and ``strides`` of a 1×1 "same" convolution, with the smallest
        stride that fits; None where the shapes agree already.

    Raises
    ------
    ValueError
        If no one integer stride fits both height and width.
    """
    if tuple(input_shape) == tuple(output_shape):
        return None
    (*sizes, _), (*wanted, filters) = input_shape, output_shape
    for strides in range(1, max(sizes) + 1):
        if [-(-size // strides) for size in sizes] == wanted:
            return {"filters": filters, "strides": strides}
    raise ValueError(f"no stride of a 1×1 convolution takes {input_shape} to {output_shape}")


def conv2d_params(kernel_size: int, in_channels: int, filters: int, use_bias: bool = False) -> int:
    """Number of parameters of `keras.layers.Conv2D`.

    Parameters
    ----------
    kernel_size, in_channels, filters : int
    use_bias : bool

    Returns
    -------
    int
    """
    return kernel_size**2 * in_channels * filters + use_bias * filters


def separable_conv2d_params(
    kernel_size: int, in_channels: int, filters: int, use_bias: bool = False
) -> int:
    """Number of parameters of `keras.layers.SeparableConv2D`.

    Parameters
    ----------
    kernel_size, in_channels, filters : int
    use_bias : bool
        One bias per filter; the depthwise step has none.

    Returns
    -------
    int
    """
    return kernel_size**2 * in_channels + in_channels * filters + use_bias * filters


def conv2d_macs(height: int, width: int, kernel_size: int, in_channels: int, filters: int) -> int:
    """Multiply–accumulates of `Conv2D` for an output of height × width.

    Parameters
    ----------
    height, width : int
        Of the output.
    kernel_size, in_channels, filters : int

    Returns
    -------
    int
    """
    return height * width * conv2d_params(kernel_size, in_channels, filters)


def separable_conv2d_macs(
    height: int, width: int, kernel_size: int, in_channels: int, filters: int
) -> int:
    """Multiply–accumulates of `SeparableConv2D` for an output of height × width.

    Parameters
    ----------
    height, width : int
        Of the output.
    kernel_size, in_channels, filters : int

    Returns
    -------
    int
    """
    return height * width * separable_conv2d_params(kernel_size, in_channels, filters)
