def predict_single_label(probs):
    n, classes = probs.shape
    flat = probs.ravel(order="K")
    answer = []
    for start in range(0, n * classes, classes):
        piece = flat[start : start + classes]
        answer.append(int(np.argmax(piece)))
    return np.array(answer, dtype=int)
