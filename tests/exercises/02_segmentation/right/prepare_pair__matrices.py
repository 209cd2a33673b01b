def mixing(length, size):
    place = np.clip((np.arange(size) + 0.5) * length / size - 0.5, 0, length - 1)
    return np.maximum(0, 1 - np.abs(place[:, None] - np.arange(length)))


def prepare_pair(image, trimap, size):
    down, across = (mixing(length, size) for length in trimap.shape)
    small = np.einsum("ih,hwc,jw->ijc", down, image.astype("float64"), across)
    rows, columns = (np.arange(size) * length // size for length in trimap.shape)
    lookup = np.array([0, 0, 1, 2], dtype="uint8")
    return np.rint(small).astype(np.uint8), lookup[trimap[np.ix_(rows, columns)]]
