def conv2d_transpose(x, kernel, strides=1):
    k = len(kernel)
    rows = range(0, x.shape[0] - k + 1, strides)
    columns = range(0, x.shape[1] - k + 1, strides)
    return np.array([[np.sum(x[i : i + k, j : j + k] * kernel) for j in columns] for i in rows])
