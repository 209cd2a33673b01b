def predict_single_label(probs):
    return np.argsort(probs, axis=1)
