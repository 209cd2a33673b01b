# hint: 잘라
def overlap_count(n, kernel_size, strides):
    size = n * strides + max(kernel_size - strides, 0)
    line = np.zeros(size, dtype=int)
    for i in range(n):
        line[i * strides : i * strides + kernel_size] += 1
    start = max(kernel_size - strides, 0) // 2
    line = line[start : start + n * strides]
    return np.outer(line, line)
