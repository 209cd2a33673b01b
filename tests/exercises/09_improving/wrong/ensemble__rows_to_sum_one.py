# Each row is divided by its sum; one column of a sigmoid becomes 1 everywhere.
def ensemble(predictions, weights=None):
    if weights is None:
        weights = [1] * len(predictions)
    if len(weights) != len(predictions) or sum(weights) <= 0:
        raise ValueError("weights")
    mixed = sum(weight * np.asarray(one) for weight, one in zip(weights, predictions))
    return mixed / mixed.sum(axis=1, keepdims=True)
