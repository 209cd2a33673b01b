# hint: return
def binary_accuracy(target, probs):
    print(np.mean((probs >= 0.5) == target))
