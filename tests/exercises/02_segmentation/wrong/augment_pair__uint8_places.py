def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    height, width = target.shape
    tall, wide = round(height * 0.8), round(width * 0.8)
    top, left = rng.integers(height - tall + 1), rng.integers(width - wide + 1)
    rows = np.linspace(top, top + tall - 1, height).round().astype(int).astype("uint8")
    columns = np.linspace(left, left + wide - 1, width).round().astype(int).astype("uint8")
    if rng.random() < 0.5:
        columns = columns[::-1]
    return image[rows][:, columns], target[rows][:, columns]
