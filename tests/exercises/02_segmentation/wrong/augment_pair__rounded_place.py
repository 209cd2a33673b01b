def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    h, w = target.shape
    ch, cw = round(h * 0.8), round(w * 0.8)
    top = round(rng.random() * (h - ch))
    left = round(rng.random() * (w - cw))
    flip = rng.random() < 0.5
    rows = np.arange(h) * ch // h + top
    columns = np.arange(w) * cw // w + left
    if flip:
        columns = np.flip(columns)
    return image[rows][:, columns], target[rows][:, columns]
