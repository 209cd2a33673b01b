# hint: 소프트맥스
def sparse_categorical_crossentropy(target, probs):
    e = np.exp(probs)
    probs = e / e.sum(axis=-1, keepdims=True)
    chosen = np.take_along_axis(np.clip(probs, 1e-7, 1), target[..., None].astype(int), axis=-1)
    return -np.mean(np.log(chosen))
