# hint: 인수
def binary_accuracy(target, probs):
    probs[probs >= 0.5] = 1
    probs[probs < 0.5] = 0
    return float(np.mean(probs == target))
