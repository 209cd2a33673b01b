def ensemble(predictions, weights=None):
    if weights is not None and (len(weights) != len(predictions) or np.sum(weights) <= 0):
        raise ValueError("가중치가 잘못되었습니다.")
    return np.average(predictions, axis=0, weights=weights)
