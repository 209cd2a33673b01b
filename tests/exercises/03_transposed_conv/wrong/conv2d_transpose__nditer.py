def conv2d_transpose(x, kernel, strides=1):
    h, w = x.shape
    k = kernel.shape[0]
    extra = max(k - strides, 0)
    y = np.zeros((h * strides + extra, w * strides + extra))
    for place, value in enumerate(np.nditer(x)):
        top, left = (strides * index for index in divmod(place, w))
        y[top : top + k, left : left + k] += value * kernel
    return y
