def has_checkerboard(kernel_size, strides):
    counts = [0] * (10 * strides + max(kernel_size - strides, 0))
    for i in range(10):
        for u in range(kernel_size):
            counts[i * strides + u] += 1
    inside = counts[max(kernel_size, strides) : 9 * strides]
    return len(set(inside)) > 1
