def ensemble(predictions, weights=None):
    if weights is not None and (len(weights) != len(predictions) or sum(weights) <= 0):
        raise ValueError
    return np.average(predictions, axis=1)
