# hint: 합으로 나누
def ensemble(predictions, weights=None):
    weights = (
        np.ones(len(predictions)) / len(predictions)
        if weights is None
        else np.asarray(weights, float)
    )
    if len(weights) != len(predictions) or weights.sum() <= 0:
        raise ValueError
    return sum(w * p for w, p in zip(weights, predictions))
