# hint: 첫째 필터
def depthwise_conv2d(x, kernel):
    k = kernel.shape[0]
    y = np.zeros((x.shape[0] - k + 1, x.shape[1] - k + 1, x.shape[2]))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            for c in range(x.shape[2]):
                y[i, j, c] = np.sum(x[i : i + k, j : j + k, c] * kernel[:, :, 0])
    return y
