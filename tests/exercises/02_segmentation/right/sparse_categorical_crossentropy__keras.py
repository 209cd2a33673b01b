def sparse_categorical_crossentropy(target, probs):
    return float(np.mean(keras.losses.sparse_categorical_crossentropy(target, probs)))
