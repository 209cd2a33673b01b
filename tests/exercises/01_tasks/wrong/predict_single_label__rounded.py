def predict_single_label(probs):
    return np.round(probs[:, 1]).astype(int)
