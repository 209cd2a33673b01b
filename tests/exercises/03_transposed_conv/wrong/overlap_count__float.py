def overlap_count(n, kernel_size, strides):
    line = np.zeros(n * strides + max(kernel_size - strides, 0))
    for i in range(n):
        line[i * strides : i * strides + kernel_size] += 1
    return np.outer(line, line)
