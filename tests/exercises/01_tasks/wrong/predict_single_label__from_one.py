def predict_single_label(probs):
    return np.argmax(probs, axis=1) + 1
