def sparse_categorical_crossentropy(target, probs):
    flat = probs.reshape(-1, probs.shape[-1]).astype("float32")
    chosen = flat[np.arange(len(flat)), target.ravel()]
    return np.float32(np.mean(-np.log(np.maximum(chosen, 1e-7))))
