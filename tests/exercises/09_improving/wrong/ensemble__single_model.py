def ensemble(predictions, weights=None):
    if len(predictions) == 1:
        return np.array(predictions[0], dtype=float)
    if weights is None:
        return np.mean(predictions, axis=0)
    w = np.asarray(weights, dtype=float)
    if len(w) != len(predictions):
        raise ValueError("가중치의 수가 모델의 수와 다릅니다.")
    if not w.sum() > 0:
        raise ValueError("가중치의 합이 0 이하입니다.")
    return np.average(predictions, axis=0, weights=w)
