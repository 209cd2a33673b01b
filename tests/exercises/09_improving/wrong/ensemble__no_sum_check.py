# hint: ValueError
def ensemble(predictions, weights=None):
    weights = np.ones(len(predictions)) if weights is None else np.asarray(weights, float)
    if len(weights) != len(predictions):
        raise ValueError
    return np.tensordot(weights / weights.sum(), predictions, axes=1)
