def augment_pair(image, target, seed):
    rng = np.random.default_rng([seed, 7])
    both = np.concatenate([image, target[..., None]], axis=-1)
    h, w = target.shape
    scale = rng.uniform(0.65, 0.9)
    rows, columns = max(int(h * scale), 1), max(int(w * scale), 1)
    top = rng.integers(0, h - rows, endpoint=True)
    left = rng.integers(0, w - columns, endpoint=True)
    both = both[top : top + rows, left : left + columns]
    if rng.integers(2):
        both = both[:, ::-1]
    y = np.floor((np.arange(h) + 0.5) * rows / h).astype(int)
    x = np.floor((np.arange(w) + 0.5) * columns / w).astype(int)
    both = both[np.ix_(y, x)]
    return both[..., :3], both[..., 3]
