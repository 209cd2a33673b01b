def predict_multi_label(probs, threshold=0.5):
    return (probs * 100).astype(int) >= int(threshold * 100)
