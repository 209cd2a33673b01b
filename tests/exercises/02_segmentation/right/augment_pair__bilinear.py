def resized(array, height, width):
    for axis, size in ((0, height), (1, width)):
        length = array.shape[axis]
        place = np.clip((np.arange(size) + 0.5) * length / size - 0.5, 0, length - 1)
        before = np.floor(place).astype(int)
        after = np.minimum(before + 1, length - 1)
        share = (place - before).reshape([-1 if a == axis else 1 for a in range(array.ndim)])
        array = array.take(before, axis) * (1 - share) + array.take(after, axis) * share
    return np.round(array).astype("uint8")


def augment_pair(image, target, seed):
    rng = np.random.RandomState(seed)
    height, width = target.shape
    window = int(height * 0.75), int(width * 0.75)
    top, left = rng.randint(height - window[0] + 1), rng.randint(width - window[1] + 1)
    flip = rng.rand() < 0.5
    image = image[top : top + window[0], left : left + window[1]]
    target = target[top : top + window[0], left : left + window[1]]
    if flip:
        image, target = image[:, ::-1], target[:, ::-1]
    rows = np.arange(height) * window[0] // height
    columns = np.arange(width) * window[1] // width
    return resized(image, height, width), target[rows][:, columns]
