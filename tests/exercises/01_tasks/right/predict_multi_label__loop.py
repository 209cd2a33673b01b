def predict_multi_label(probs, threshold=0.5):
    return [[bool(p >= threshold) for p in row] for row in probs]
