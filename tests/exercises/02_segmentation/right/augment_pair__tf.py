def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    h, w = target.shape
    size = int(0.8 * h), int(0.8 * w)
    top, left = int(rng.integers(h - size[0] + 1)), int(rng.integers(w - size[1] + 1))
    flip = bool(rng.integers(2))
    parts = []
    for part, method in ((image, "bilinear"), (target[..., None], "nearest")):
        part = tf.image.crop_to_bounding_box(part, top, left, *size)
        part = tf.image.resize(part, (h, w), method=method)
        part = tf.image.flip_left_right(part) if flip else part
        parts.append(tf.cast(tf.round(tf.cast(part, tf.float32)), tf.uint8).numpy())
    return parts[0], parts[1][..., 0]
