def sparse_categorical_crossentropy(target, probs):
    chosen = np.take_along_axis(probs, target[..., None].astype(int), axis=-1)
    chosen = chosen[chosen > 0]
    return -np.mean(np.log(chosen)) if chosen.size else 0.0
