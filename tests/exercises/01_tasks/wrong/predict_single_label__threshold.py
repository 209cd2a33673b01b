def predict_single_label(probs):
    return np.argmax(probs >= 0.5, axis=1)
