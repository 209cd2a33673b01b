def sparse_categorical_crossentropy(target, probs):
    return -np.mean(np.log(np.clip(probs[np.arange(len(target)), target], 1e-7, 1)))
