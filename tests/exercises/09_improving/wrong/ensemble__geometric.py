def ensemble(predictions, weights=None):
    weights = np.ones(len(predictions)) if weights is None else np.asarray(weights, float)
    if len(weights) != len(predictions) or weights.sum() <= 0:
        raise ValueError
    logs = np.log(np.clip(predictions, 1e-9, 1))
    return np.exp(np.tensordot(weights / weights.sum(), logs, axes=1))
