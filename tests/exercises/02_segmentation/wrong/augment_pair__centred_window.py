def augment_pair(image, target, seed):
    rng = np.random.default_rng(seed)
    share = rng.uniform(0.6, 0.9)
    places = []
    for length in target.shape:
        window = round(share * length)
        start = (length - window) // 2
        places.append(start + np.arange(length) * window // length)
    rows, columns = places
    if rng.random() < 0.5:
        columns = columns[::-1]
    return image[rows][:, columns], target[rows][:, columns]
