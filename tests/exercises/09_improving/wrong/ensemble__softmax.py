def ensemble(predictions, weights=None):
    w = np.ones(len(predictions)) if weights is None else np.array(weights, float)
    if len(w) != len(predictions) or w.sum() <= 0:
        raise ValueError
    w = np.exp(w) / np.exp(w).sum()
    return sum(p * v for p, v in zip(predictions, w))
