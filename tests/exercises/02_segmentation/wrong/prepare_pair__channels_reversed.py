# hint: 채널의 순서가
def prepare_pair(image, trimap, size):
    small = (
        tf.image.resize(image[..., ::-1].astype("float32"), (size, size))
        .numpy()
        .round()
        .astype("uint8")
    )
    t = tf.image.resize(trimap[..., None], (size, size), method="nearest").numpy()[..., 0]
    return small, (t - 1).astype("uint8")
