def cosine_similarity(features):
    norms = np.linalg.norm(features, axis=0, keepdims=True)
    unit = features / np.where(norms == 0, 1, norms)
    return unit.T @ unit
