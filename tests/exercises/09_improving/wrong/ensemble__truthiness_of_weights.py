def ensemble(predictions, weights=None):
    if weights is None or len(weights) == 0:
        return np.mean(predictions, axis=0)
    if len(weights) != len(predictions) or sum(weights) <= 0:
        raise ValueError
    return np.average(predictions, axis=0, weights=weights)
