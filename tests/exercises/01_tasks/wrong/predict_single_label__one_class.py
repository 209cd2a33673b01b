def predict_single_label(probs):
    if probs.shape[1] == 1:
        return (probs[:, 0] >= 0.5).astype(int)
    return probs.argmax(axis=1)
