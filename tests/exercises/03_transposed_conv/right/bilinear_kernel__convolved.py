def bilinear_kernel(strides):
    line = np.convolve(np.ones(strides), np.ones(strides + 1 - strides % 2)) / strides
    if strides % 2 == 0:
        line = np.convolve(np.ones(strides), np.ones(strides)) / strides
        line = (np.append(line, 0) + np.append(0, line)) / 2
    line = np.append(line, np.zeros(2 * strides - len(line)))
    return (line[:, None] * line[None, :]).astype("float32")
