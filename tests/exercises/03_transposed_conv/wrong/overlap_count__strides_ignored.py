# hint: 보폭
def overlap_count(n, kernel_size, strides):
    line = np.zeros(n + kernel_size - 1, dtype=int)
    for i in range(n):
        line[i : i + kernel_size] += 1
    return np.outer(line, line)
