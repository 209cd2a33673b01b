def predict_single_label(probs):
    return np.argmax(probs)
