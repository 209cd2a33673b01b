# hint: 인수를 바꾸어
def predict_multi_label(probs, threshold=0.5):
    probs[probs >= threshold] = 1
    probs[probs < threshold] = 0
    return probs.astype(bool)
