def predict_multi_label(probs, threshold=0.5):
    result = np.zeros(probs.shape, dtype=bool)
    for i, row in enumerate(probs):
        for j in np.argsort(-row)[:5]:
            result[i, j] = row[j] >= threshold
    return result
