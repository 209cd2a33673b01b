def has_checkerboard(kernel_size, strides):
    n = 2 * kernel_size + 4
    count = overlap_count(n, kernel_size, strides)
    edge = kernel_size
    inner = count[edge:-edge, edge:-edge]
    return bool(inner.min() != inner.max())
