def prepare_pair(image, trimap, size):
    pixels, target = image.astype(float), trimap
    for axis in (0, 1):
        length = image.shape[axis]
        place = np.clip((np.arange(size) + 0.5) * length / size - 0.5, 0, length - 1)
        before = np.floor(place).astype(int)
        after = np.minimum(before + 1, length - 1)
        share = np.expand_dims(place - before, (1, 2) if axis == 0 else (0, 2))
        pixels = pixels.take(before, axis) * (1 - share) + pixels.take(after, axis) * share
        share = share[..., 0]
        target = target.take(before, axis) * (1 - share) + target.take(after, axis) * share
    return np.round(pixels).astype("uint8"), np.round(target - 1).astype("uint8")
