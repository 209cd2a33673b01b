# hint: 가장 작은
def predict_single_label(probs):
    return np.argmin(probs, axis=1)
