def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed % 100)
    h, w = target.shape
    ch, cw = int(0.75 * h), int(0.75 * w)
    top, left = rng.integers(h - ch + 1), rng.integers(w - cw + 1)
    rows = top + np.arange(h) * ch // h
    columns = left + np.arange(w) * cw // w
    if rng.random() < 0.5:
        columns = columns[::-1]
    return image[rows][:, columns], target[rows][:, columns]
