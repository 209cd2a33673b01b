def predict_single_label(probs):
    probs = np.round(np.asarray(probs, dtype=float), 2)
    return np.argmax(probs, axis=-1)
