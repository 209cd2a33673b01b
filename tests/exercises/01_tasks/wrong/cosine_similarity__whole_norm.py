def cosine_similarity(features):
    norm = np.linalg.norm(features)
    unit = features / (norm if norm else 1)
    return unit @ unit.T
