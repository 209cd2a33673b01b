def projection(input_shape, output_shape):
    h, w, c = input_shape
    H, W, f = output_shape
    if h == H and w == W and c == f:
        return None
    fit = [s for s in range(1, max(h, w) + 1) if (h - 1) // s + 1 == H and (w - 1) // s + 1 == W]
    if not fit:
        raise ValueError(f"{input_shape} {output_shape}")
    return {"strides": np.int64(fit[-1]), "filters": np.int64(f)}
