def predict_single_label(probs):
    return np.asarray(probs).argsort(axis=1)[:, -1].astype("int32")
