def sparse_categorical_crossentropy(target, probs):
    one_hot = np.eye(probs.shape[-1])[target.astype(int)]
    return -np.mean(one_hot * np.log(np.clip(probs, 1e-7, 1)))
