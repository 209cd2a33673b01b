def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    flip, share, *spots = rng.random(4)
    chosen = []
    for length, spot in zip(target.shape, spots, strict=True):
        window = round(length * (0.6 + 0.3 * share))
        chosen.append(round(spot * (length - window)) + np.arange(length) * window // length)
    if flip < 0.5:
        chosen[1] = chosen[1][::-1]
    return image[np.ix_(*chosen)], target[np.ix_(*chosen)]
