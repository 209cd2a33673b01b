def sparse_categorical_crossentropy(target, probs):
    one_hot = np.eye(probs.shape[-1])[target.astype(int)]
    p = np.clip(probs, 1e-7, 1 - 1e-7)
    return -np.mean(np.sum(one_hot * np.log(p) + (1 - one_hot) * np.log(1 - p), axis=-1))
