def ensemble(predictions, weights=None):
    if weights is None:
        return np.sum(predictions, axis=0)
    weights = np.asarray(weights, float)
    if len(weights) != len(predictions) or weights.sum() <= 0:
        raise ValueError
    return np.tensordot(weights / weights.sum(), predictions, axes=1)
