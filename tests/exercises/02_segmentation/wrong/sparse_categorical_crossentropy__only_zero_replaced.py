def sparse_categorical_crossentropy(target, probs):
    p = np.take_along_axis(probs, target[..., None], -1)
    return float(-np.log(np.where(p == 0, 1e-7, p)).mean())
