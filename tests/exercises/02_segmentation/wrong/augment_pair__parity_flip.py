def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    h, w = target.shape
    win_h, win_w = round(0.8 * h), round(0.8 * w)
    top, left = rng.integers(h - win_h + 1), rng.integers(w - win_w + 1)
    rows = top + np.arange(h) * win_h // h
    columns = left + np.arange(w) * win_w // w
    if seed % 2 == 1:
        columns = columns[::-1]
    return image[rows][:, columns], target[rows][:, columns]
