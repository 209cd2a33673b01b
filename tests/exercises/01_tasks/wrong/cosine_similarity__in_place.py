# hint: 인수를 바꾸어
def cosine_similarity(features):
    norms = np.linalg.norm(features, axis=1, keepdims=True)
    features /= np.where(norms == 0, 1, norms)
    return features @ features.T
