# hint: 제곱근
def cosine_similarity(features):
    squares = (features**2).sum(axis=1, keepdims=True)
    unit = features / np.where(squares == 0, 1, squares)
    return unit @ unit.T
