def enlarge(pixels, size, axis):
    length = pixels.shape[axis]
    place = np.clip((np.arange(size) + 0.5) * length / size - 0.5, 0, length - 1)
    before = place.astype(int)
    after = np.minimum(before + 1, length - 1)
    share = (place - before).reshape([-1 if a == axis else 1 for a in range(pixels.ndim)])
    first, second = pixels.take(before, axis), pixels.take(after, axis)
    return (first + (second - first) * share).astype("uint8")


def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    height, width = target.shape
    high, wide = round(0.75 * height), round(0.75 * width)
    top, left = rng.integers(height - high + 1), rng.integers(width - wide + 1)
    window = image[top : top + high, left : left + wide]
    image = enlarge(enlarge(window, height, 0), width, 1)
    rows = top + np.arange(height) * high // height
    columns = left + np.arange(width) * wide // width
    target = target[rows][:, columns]
    if rng.random() < 0.5:
        image, target = image[:, ::-1], target[:, ::-1]
    return image, target
