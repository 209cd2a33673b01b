# hint: 무한대
def sparse_categorical_crossentropy(target, probs):
    chosen = np.take_along_axis(probs, target[..., None].astype(int), axis=-1)
    return -np.mean(np.log(chosen))
