def overlap_count(n, kernel_size, strides):
    ones = np.ones((kernel_size, kernel_size))
    return conv2d_transpose(np.ones((n, n)), ones, strides).astype(int)
