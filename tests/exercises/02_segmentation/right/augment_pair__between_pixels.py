def augment_pair(image, target, seed):
    rng = np.random.default_rng([3, seed])
    places = []
    for length in target.shape:
        span = rng.uniform(0.65, 0.88) * length
        begin = rng.uniform(0, length - span)
        places.append(np.floor(np.linspace(begin, begin + span, 2 * length + 1)[1::2]).astype(int))
    if rng.random() < 0.5:
        places[1] = places[1][::-1]
    chosen = np.ix_(*places)
    return image[chosen], target[chosen]
