def pointwise_conv2d(x, kernel):
    if x.size == kernel.shape[0] == kernel.shape[1]:
        return x * np.diag(kernel)
    return np.matmul(x, kernel)
