def ensemble(predictions, weights=None):
    w = np.full(len(predictions), 1.0) if weights is None else np.array(weights, dtype="float64")
    if w.size != len(predictions) or not w.sum() > 0:
        raise ValueError
    return np.einsum("m,mnc->nc", w, np.stack(predictions)) / w.sum()
