def output_size(n, kernel_size, strides, padding="valid"):
    if padding == "valid":
        return n * strides
    return n * strides + max(kernel_size - strides, 0)
