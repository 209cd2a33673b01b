def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    h, w = target.shape
    ch, cw = int(0.75 * h), int(0.75 * w)
    top = int(rng.random(2).mean() * (h - ch + 1))
    left = int(rng.random(2).mean() * (w - cw + 1))
    flip = rng.random() < 0.5
    rows = top + np.arange(h) * ch // h
    columns = left + np.arange(w) * cw // w
    columns = columns[::-1] if flip else columns
    return image[rows][:, columns], target[rows][:, columns]
