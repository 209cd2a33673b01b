def conv2d_transpose_channels(x, kernel, strides=1, padding="valid"):
    k, _, filters, channels = kernel.shape
    full = np.stack(
        [
            sum(conv2d_transpose(x[..., c], kernel[:, :, o, c], strides) for c in range(channels))
            for o in range(filters)
        ],
        axis=-1,
    )
    if padding == "valid":
        return full
    start = (full.shape[0] - x.shape[0] * strides) // 2
    return full[start:, start:][: x.shape[0] * strides, : x.shape[1] * strides]
