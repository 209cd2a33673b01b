def output_size(n, kernel_size, strides, padding="valid"):
    if padding == "same":
        return n * strides
    return n * strides + kernel_size
