def augment_pair(image, target, seed):
    from PIL import Image, ImageOps

    rng = np.random.default_rng(seed)
    h, w = target.shape
    ch, cw = round(0.7 * h), round(0.7 * w)
    top, left = int(rng.integers(h - ch + 1)), int(rng.integers(w - cw + 1))
    mirror = rng.random() > 0.5

    def change(array, method):
        picture = Image.fromarray(array).crop((left, top, left + cw, top + ch))
        picture = ImageOps.mirror(picture) if mirror else picture
        return np.asarray(picture.resize((w, h), method))

    return change(image, Image.Resampling.BILINEAR), change(target, Image.Resampling.NEAREST)
