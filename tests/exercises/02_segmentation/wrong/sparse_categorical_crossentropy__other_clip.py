# hint: 1e-7
def sparse_categorical_crossentropy(target, probs):
    chosen = np.take_along_axis(np.clip(probs, 1e-12, 1), target[..., None].astype(int), axis=-1)
    return -np.mean(np.log(chosen))
