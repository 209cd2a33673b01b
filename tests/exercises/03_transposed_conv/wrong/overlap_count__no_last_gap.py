def overlap_count(n, kernel_size, strides):
    size = (n - 1) * strides + kernel_size
    line = np.zeros(size, dtype=int)
    for i in range(n):
        line[i * strides : i * strides + kernel_size] += 1
    return np.outer(line, line)
