def predict_single_label(probs):
    rows, columns = np.where(probs == probs.max(axis=1, keepdims=True))
    return columns
