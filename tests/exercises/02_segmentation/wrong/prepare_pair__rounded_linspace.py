def prepare_pair(image, trimap, size):
    pixels = image.astype(float)
    for axis in (0, 1):
        length = pixels.shape[axis]
        place = np.clip((np.arange(size) + 0.5) * length / size - 0.5, 0, length - 1)
        before = place.astype(int)
        after = np.minimum(before + 1, length - 1)
        share = (place - before).reshape([-1 if a == axis else 1 for a in range(3)])
        pixels = pixels.take(before, axis) * (1 - share) + pixels.take(after, axis) * share
    rows = np.round(np.linspace(0, trimap.shape[0] - 1, size)).astype(int)
    columns = np.round(np.linspace(0, trimap.shape[1] - 1, size)).astype(int)
    target = trimap[np.ix_(rows, columns)] - 1
    return np.round(pixels).astype("uint8"), target.astype("uint8")
