def cosine_similarity(features):
    norms = np.linalg.norm(features, axis=1)
    return np.nan_to_num(features @ features.T / np.outer(norms, norms))
