def predict_single_label(probs):
    return [int(np.argmax(probs[0]))]
