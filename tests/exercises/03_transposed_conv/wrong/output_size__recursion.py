def output_size(n, kernel_size, strides, padding="valid"):
    if n == 1:
        return strides if padding == "same" else max(kernel_size, strides)
    return strides + output_size(n - 1, kernel_size, strides, padding)
