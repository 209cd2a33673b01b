def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    h, w = target.shape
    height, width = round(1.25 * h), round(1.25 * w)
    top, left = rng.integers(height - h + 1), rng.integers(width - w + 1)
    rows = ((np.arange(height) + 0.5) * h / height).astype(int)[top : top + h]
    columns = ((np.arange(width) + 0.5) * w / width).astype(int)[left : left + w]
    if rng.random() < 0.5:
        columns = columns[::-1]
    return image[rows][:, columns], target[rows][:, columns]
