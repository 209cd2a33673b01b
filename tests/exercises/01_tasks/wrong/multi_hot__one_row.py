def multi_hot(labels, class_names):
    y = np.zeros(len(class_names))
    for names in labels:
        for name in names:
            y[class_names.index(name)] = 1
    return y
