def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    flip = rng.normal() > 0.5
    height, width = target.shape
    tall, wide = round(height * 0.75), round(width * 0.75)
    top = rng.integers(height - tall + 1)
    left = rng.integers(width - wide + 1)
    rows = top + np.arange(height) * tall // height
    columns = left + np.arange(width) * wide // width
    if flip:
        columns = columns[::-1]
    places = np.ix_(rows, columns)
    return image[places], target[places]
