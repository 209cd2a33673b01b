def sparse_categorical_crossentropy(target, probs):
    total = 0.0
    for index in np.ndindex(*target.shape):
        p = min(max(float(probs[index][target[index]]), 1e-7), 1 - 1e-7)
        total -= np.log(p)
    return total / target.size
