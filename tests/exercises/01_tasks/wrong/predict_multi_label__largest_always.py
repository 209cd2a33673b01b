def predict_multi_label(probs, threshold=0.5):
    chosen = probs >= threshold
    chosen[np.arange(len(probs)), probs.argmax(axis=1)] = True
    return chosen
