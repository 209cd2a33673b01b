def shrink(pixels, size):
    for axis in (0, 1):
        length = pixels.shape[axis]
        place = np.clip((np.arange(size) + 0.5) * length / size - 0.5, 0, length - 1)
        before = place.astype(int)
        after = np.minimum(before + 1, length - 1)
        share = (place - before).reshape([-1 if a == axis else 1 for a in range(pixels.ndim)])
        first, second = pixels.take(before, axis), pixels.take(after, axis)
        pixels = first + (second - first) * share
    return pixels.astype("uint8")


def prepare_pair(image, trimap, size):
    return shrink(image, size), shrink(trimap, size)
