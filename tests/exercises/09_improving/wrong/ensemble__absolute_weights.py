def ensemble(predictions, weights=None):
    if weights is None:
        weights = np.ones(len(predictions))
    w = np.asarray(weights, float)
    if len(w) != len(predictions) or w.sum() <= 0:
        raise ValueError
    w = np.abs(w)
    return np.tensordot(w / w.sum(), np.asarray(predictions), 1)
