# hint: 창이 사진의 90 %보다 큽니다
def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    h, w = target.shape
    share = rng.uniform(0.6, 0.95)
    ch, cw = int(share * h), int(share * w)
    top = int(rng.integers(0, h - ch, endpoint=True))
    left = int(rng.integers(0, w - cw, endpoint=True))
    rows = top + np.arange(h) * ch // h
    columns = left + np.arange(w) * cw // w
    if rng.integers(2):
        columns = columns[::-1]
    return image[rows][:, columns], target[rows][:, columns]
