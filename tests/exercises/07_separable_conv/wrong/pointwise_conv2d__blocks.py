def pointwise_conv2d(x, kernel):
    height = x.shape[0]
    if height < 16:
        return x @ kernel
    out = np.zeros((*x.shape[:2], kernel.shape[1]))
    for block in range(height // 16):
        rows = slice(16 * block, 16 * block + 16)
        out[rows] = x[rows] @ kernel
    return out
