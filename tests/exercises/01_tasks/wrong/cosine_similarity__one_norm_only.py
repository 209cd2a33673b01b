def cosine_similarity(features):
    norms = np.linalg.norm(features, axis=1, keepdims=True)
    return features @ features.T / np.where(norms == 0, 1, norms)
