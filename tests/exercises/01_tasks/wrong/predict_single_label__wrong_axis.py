# hint: 사진(행)마다
def predict_single_label(probs):
    return np.argmax(probs, axis=0)
