def cosine_similarity(features):
    peak = features.max()
    if peak == 0:
        return np.zeros((len(features), len(features)))
    scaled = features / peak
    norms = np.sqrt((scaled**2).sum(axis=1))
    norms[norms == 0] = np.inf
    return (scaled / norms[:, None]) @ (scaled / norms[:, None]).T
