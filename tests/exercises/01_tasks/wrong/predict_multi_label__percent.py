def predict_multi_label(probs, threshold=0.5):
    if threshold >= 1:
        threshold = threshold / 100
    return np.asarray(probs) >= threshold
