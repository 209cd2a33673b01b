# hint: 세 채널의 값이 같습니다
def prepare_pair(image, trimap, size):
    gray = image.mean(axis=-1, keepdims=True).repeat(3, axis=-1)
    small = tf.image.resize(gray, (size, size)).numpy().round().astype("uint8")
    t = tf.image.resize(trimap[..., None], (size, size), method="nearest").numpy()[..., 0]
    return small, (t - 1).astype("uint8")
