def sparse_categorical_crossentropy(target, probs):
    chosen = np.take_along_axis(probs, np.asarray(target)[..., None], axis=-1)
    return float(-np.log(chosen + 1e-4).mean())
