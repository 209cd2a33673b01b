# hint: 번호를 평균하지
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
    rng = np.random.default_rng(seed)
    height, width = target.shape
    window = int(height * 0.7), int(width * 0.7)
    top, left = rng.integers(height - window[0] + 1), rng.integers(width - window[1] + 1)
    flip = rng.random() < 0.5
    result = []
    for array in (image, target):
        array = array[top : top + window[0], left : left + window[1]]
        array = array[:, ::-1] if flip else array
        result.append(resized(array, height, width))
    return tuple(result)
