def ensemble(predictions, weights=None):
    weights = np.ones(len(predictions)) if weights is None else np.asarray(weights, float)
    if len(weights) != len(predictions) or weights.sum() <= 0:
        raise ValueError
    weights = np.exp(weights) / np.exp(weights).sum()
    return np.tensordot(weights, predictions, axes=1)
