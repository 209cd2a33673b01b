def ensemble(predictions, weights=None):
    weights = np.ones(len(predictions)) if weights is None else np.asarray(weights, float)
    if len(weights) != len(predictions) or weights.sum() <= 0:
        raise ValueError
    classes = predictions[0].shape[1]
    votes = [np.eye(classes)[p.argmax(axis=1)] for p in predictions]
    return np.tensordot(weights / weights.sum(), votes, axes=1)
