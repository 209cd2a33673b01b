# hint: 번호
def predict_single_label(probs):
    return np.max(probs, axis=1)
