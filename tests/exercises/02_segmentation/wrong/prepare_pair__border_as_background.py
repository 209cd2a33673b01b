# hint: 모두 3인 트라이맵
def prepare_pair(image, trimap, size):
    small = tf.image.resize(image.astype("float32"), (size, size)).numpy().round().astype("uint8")
    t = tf.image.resize(trimap[..., None], (size, size), method="nearest").numpy()[..., 0]
    return small, np.where(t == 1, 0, 1).astype("uint8")
