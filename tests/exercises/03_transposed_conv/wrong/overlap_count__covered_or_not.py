# hint: 겹친 횟수
def overlap_count(n, kernel_size, strides):
    size = n * strides + max(kernel_size - strides, 0)
    count = np.zeros((size, size), dtype=int)
    for i in range(n):
        for j in range(n):
            part = np.s_[i * strides : i * strides + kernel_size]
            count[part, j * strides : j * strides + kernel_size] = 1
    return count
