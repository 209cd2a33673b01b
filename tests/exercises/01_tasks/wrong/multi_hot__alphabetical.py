def multi_hot(labels, class_names):
    class_names = sorted(class_names)
    y = np.zeros((len(labels), len(class_names)))
    for row, names in enumerate(labels):
        for name in names:
            y[row, class_names.index(name)] = 1
    return y
