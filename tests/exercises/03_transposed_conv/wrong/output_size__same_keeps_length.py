def output_size(n, kernel_size, strides, padding="valid"):
    if padding == "same":
        return n
    return n * strides + max(kernel_size - strides, 0)
