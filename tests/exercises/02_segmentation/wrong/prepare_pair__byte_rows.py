def prepare_pair(image, trimap, size):
    small = tf.image.resize(image, (size, size)).numpy().round().astype("uint8")
    rows = ((np.arange(size) + 0.5) * trimap.shape[0] / size).astype("int64").astype("uint8")
    columns = ((np.arange(size) + 0.5) * trimap.shape[1] / size).astype("int64").astype("uint8")
    return small, (trimap[rows[:, None], columns[None]] - 1).astype("uint8")
