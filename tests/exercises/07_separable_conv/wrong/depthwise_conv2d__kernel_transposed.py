# hint: 행과 열
def depthwise_conv2d(x, kernel):
    k = kernel.shape[0]
    y = np.zeros((x.shape[0] - k + 1, x.shape[1] - k + 1, x.shape[2]))
    for u in range(k):
        for v in range(k):
            y += x[u : u + y.shape[0], v : v + y.shape[1]] * kernel[v, u]
    return y
