# 0 - 1 is 255 for targets of uint8.
def binary_accuracy(target, probs):
    answer = (probs >= 0.5).astype("uint8")
    return float(1 - np.abs(target - answer).mean())
