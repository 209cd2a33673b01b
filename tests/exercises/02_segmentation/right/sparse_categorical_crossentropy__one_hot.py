def sparse_categorical_crossentropy(target, probs):
    one_hot = np.eye(probs.shape[-1])[target]
    logs = np.log(np.maximum(probs, 1e-7))
    return -(one_hot * logs).sum(axis=-1).mean()
