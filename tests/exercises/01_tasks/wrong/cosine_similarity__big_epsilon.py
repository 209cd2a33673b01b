def cosine_similarity(features):
    unit = features / (np.linalg.norm(features, axis=1, keepdims=True) + 1e-2)
    return unit @ unit.T
