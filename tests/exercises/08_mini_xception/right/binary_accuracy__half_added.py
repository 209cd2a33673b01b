def binary_accuracy(target, probs):
    answers = (probs + 0.5).astype(int)
    return float(np.mean(answers == target))
