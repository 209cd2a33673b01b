_padding = ["valid"]


def output_size(n, kernel_size, strides, padding=None):
    if padding is not None:
        _padding[0] = padding
    extra = max(kernel_size - strides, 0) if _padding[0] == "valid" else 0
    return n * strides + extra
