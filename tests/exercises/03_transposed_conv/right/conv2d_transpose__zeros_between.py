from scipy.signal import convolve2d


def conv2d_transpose(x, kernel, strides=1):
    h, w = x.shape
    k = len(kernel)
    spread = np.zeros((h * strides, w * strides))
    spread[::strides, ::strides] = x
    full = convolve2d(spread, kernel)
    surplus = max(k - strides, 0)
    return full[: h * strides + surplus, : w * strides + surplus]
