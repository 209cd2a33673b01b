def cosine_similarity(features):
    features = np.asarray(features, dtype=float)
    lengths = np.sqrt((features**2).sum(axis=1))
    n = len(features)
    result = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if not (np.isclose(lengths[i], 0) or np.isclose(lengths[j], 0)):
                result[i, j] = features[i] @ features[j] / (lengths[i] * lengths[j])
    return result
