def output_size(n, kernel_size, strides, padding="valid"):
    if padding == "valid" and kernel_size > strides:
        return (n - 1) * strides + kernel_size
    return n * strides
