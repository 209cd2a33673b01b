def output_size(n, kernel_size, strides, padding="same"):
    if padding == "same":
        return n * strides
    return n * strides + max(kernel_size - strides, 0)
