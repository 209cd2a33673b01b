def predict_multi_label(probs, threshold=0.5):
    return [np.flatnonzero(row >= threshold) for row in probs]
