# hint: 창의 한 변이
def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    share = rng.uniform(0.52, 0.9)
    places = []
    for n in target.shape:
        w = round(share * n)
        places.append(rng.integers(n - w + 1) + np.arange(n) * w // n)
    rows, columns = places
    if rng.random() < 0.5:
        columns = columns[::-1]
    return image[rows][:, columns], target[rows][:, columns]
