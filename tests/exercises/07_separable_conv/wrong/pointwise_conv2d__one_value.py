def pointwise_conv2d(x, kernel):
    return np.sum(x[..., None] * kernel)
