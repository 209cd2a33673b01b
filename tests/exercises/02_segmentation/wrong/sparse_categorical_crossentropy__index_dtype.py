def sparse_categorical_crossentropy(target, probs):
    classes = probs.shape[-1]
    label = target.ravel()
    place = np.arange(label.size).astype(label.dtype) * np.asarray(classes, label.dtype) + label
    chosen = np.clip(probs.ravel()[place], 1e-7, 1)
    return float(-np.log(chosen).mean())
