# hint: ValueError
def ensemble(predictions, weights=None):
    weights = np.ones(len(predictions)) if weights is None else np.asarray(weights, float)
    if weights.sum() <= 0:
        raise ValueError
    weights = weights / weights.sum()
    return sum(w * p for w, p in zip(weights, predictions))
