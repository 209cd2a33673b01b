import math


def output_size(n, kernel_size, strides, padding="valid"):
    scale = 1 / strides
    length = math.ceil(n / scale)
    if padding == "same":
        return length
    return length + max(kernel_size - strides, 0)
