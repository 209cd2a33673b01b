# hint: 몇 군데
def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    places = []
    for n in target.shape:
        w = round(0.75 * n)
        places.append(rng.choice([0, (n - w) // 2, n - w]) + np.arange(n) * w // n)
    rows, columns = places
    if rng.random() < 0.5:
        columns = columns[::-1]
    return image[rows][:, columns], target[rows][:, columns]
