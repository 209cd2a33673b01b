def _blend(pixels, size):
    for axis in (0, 1):
        length = pixels.shape[axis]
        place = np.clip((np.arange(size) + 0.5) * length / size - 0.5, 0, length - 1)
        before = np.floor(place).astype(int)
        after = np.minimum(before + 1, length - 1)
        share = (place - before).reshape([-1 if a == axis else 1 for a in range(3)])
        first, second = np.take(pixels, before, axis), np.take(pixels, after, axis)
        pixels = first + (second - first) * share
    return pixels


def prepare_pair(image, trimap, size):
    votes = _blend((trimap[..., None] == np.array([1, 2, 3])).astype(float), size)
    small = _blend(image.astype(float), size)
    return np.round(small).astype("uint8"), votes.argmax(axis=-1).astype("uint8")
