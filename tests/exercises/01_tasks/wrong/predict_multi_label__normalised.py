def predict_multi_label(probs, threshold=0.5):
    return probs / probs.sum(axis=1, keepdims=True) >= threshold
