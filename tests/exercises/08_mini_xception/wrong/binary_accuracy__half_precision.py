def binary_accuracy(target, probs):
    return float(np.mean((np.asarray(probs, "float16") >= 0.5) == np.asarray(target)))
