# hint: threshold
def predict_multi_label(probs, threshold=0.5):
    return probs >= 0.5
