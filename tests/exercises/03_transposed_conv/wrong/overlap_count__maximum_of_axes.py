def overlap_count(n, kernel_size, strides):
    size = n * strides + max(kernel_size - strides, 0)
    line = np.zeros(size, dtype=int)
    for i in range(n):
        line[i * strides : i * strides + kernel_size] += 1
    return np.maximum.outer(line, line)
