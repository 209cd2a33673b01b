def output_size(n, kernel_size, strides, padding="valid"):
    if padding == "same":
        return np.int64(n * strides)
    return (n - 1) * strides + max(kernel_size, strides)
