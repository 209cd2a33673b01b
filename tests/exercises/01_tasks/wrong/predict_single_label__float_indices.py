# hint: 번호는 정수여야
def predict_single_label(probs):
    out = np.array([])
    for p in probs:
        out = np.append(out, np.argmax(p))
    return out
