# hint: NaN
def cosine_similarity(features):
    unit = features / np.linalg.norm(features, axis=1, keepdims=True)
    return unit @ unit.T
