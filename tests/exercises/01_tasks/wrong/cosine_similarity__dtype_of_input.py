def cosine_similarity(features):
    unit = features.copy()
    for i in range(len(unit)):
        norm = np.linalg.norm(features[i])
        if norm > 0:
            unit[i] = features[i] / norm
    return unit @ unit.T
