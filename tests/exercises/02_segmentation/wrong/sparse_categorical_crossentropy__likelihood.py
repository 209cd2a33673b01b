def sparse_categorical_crossentropy(target, probs):
    flat = np.clip(probs.reshape(-1, probs.shape[-1]), 1e-7, 1)
    likelihood = np.prod(flat[np.arange(len(flat)), target.ravel()])
    with np.errstate(divide="ignore"):
        return float(-np.log(likelihood) / target.size)
