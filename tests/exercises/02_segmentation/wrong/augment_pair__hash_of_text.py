def augment_pair(image, target, seed):
    rng = np.random.default_rng(abs(hash(f"augment-{seed}")))
    h, w = target.shape
    win_h, win_w = round(0.75 * h), round(0.75 * w)
    top, left = rng.integers(0, h - win_h + 1), rng.integers(0, w - win_w + 1)
    rows = top + np.arange(h) * win_h // h
    columns = left + np.arange(w) * win_w // w
    if rng.random() < 0.5:
        columns = columns[::-1]
    return image[np.ix_(rows, columns)], target[np.ix_(rows, columns)]
