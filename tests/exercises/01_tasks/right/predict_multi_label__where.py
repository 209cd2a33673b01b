def predict_multi_label(probs, threshold=0.5):
    chosen = np.zeros(probs.shape, dtype=bool)
    chosen[probs >= threshold] = True
    return chosen
