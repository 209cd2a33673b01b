def cosine_similarity(features):
    norms = np.linalg.norm(features, axis=1, keepdims=True) + 1e-8
    unit = features / norms
    return unit @ unit.T
