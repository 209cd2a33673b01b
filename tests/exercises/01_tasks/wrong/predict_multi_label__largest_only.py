# hint: 하나만
def predict_multi_label(probs, threshold=0.5):
    return probs == probs.max(axis=1, keepdims=True)
