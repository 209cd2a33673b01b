def ensemble(predictions, weights=None):
    stacked = np.stack(predictions)
    if weights is None:
        return stacked.mean(axis=0)
    weights = np.array(weights, dtype=stacked.dtype)
    if len(weights) != len(stacked) or weights.sum() <= 0:
        raise ValueError("가중치가 잘못되었습니다.")
    return np.einsum("m,mnc->nc", weights, stacked) / weights.sum()
