def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    h, w = target.shape
    ch, cw = int(0.7 * h), int(0.7 * w)
    top = (h - ch) * int(rng.integers(5)) // 4
    left = (w - cw) * int(rng.integers(5)) // 4
    rows = top + (np.arange(h) * ch) // h
    cols = left + (np.arange(w) * cw) // w
    if rng.random() >= 0.5:
        cols = cols[::-1]
    return image[np.ix_(rows, cols)], target[np.ix_(rows, cols)]
