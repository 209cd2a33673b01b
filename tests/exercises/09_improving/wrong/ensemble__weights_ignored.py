# hint: 가중치
def ensemble(predictions, weights=None):
    if weights is not None and (len(weights) != len(predictions) or sum(weights) <= 0):
        raise ValueError
    return np.mean(predictions, axis=0)
