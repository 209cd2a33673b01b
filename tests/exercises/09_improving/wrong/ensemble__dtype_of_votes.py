def ensemble(predictions, weights=None):
    weights = np.ones(len(predictions)) if weights is None else np.asarray(weights, float)
    if len(weights) != len(predictions) or weights.sum() <= 0:
        raise ValueError("가중치가 맞지 않는다")
    total = np.zeros_like(predictions[0])
    for prediction, weight in zip(predictions, weights / weights.sum(), strict=True):
        total = (total + weight * prediction).astype(total.dtype)
    return total
