def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    height, width = target.shape
    tall, wide = round(0.7 * height), round(0.7 * width)
    top = np.clip(rng.integers(height) - tall // 2, 0, height - tall)
    left = np.clip(rng.integers(width) - wide // 2, 0, width - wide)
    flip = rng.random() < 0.5
    rows = top + np.arange(height) * tall // height
    columns = left + np.arange(width) * wide // width
    if flip:
        columns = np.flip(columns)
    return image[rows][:, columns], target[rows][:, columns]
