# hint: 크기가 1인 축
def predict_single_label(probs):
    return np.argmax(probs, axis=1, keepdims=True)
