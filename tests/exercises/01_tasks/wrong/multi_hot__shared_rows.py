def multi_hot(labels, class_names):
    y = [[0] * len(class_names)] * len(labels)
    for row, names in zip(y, labels):
        for name in names:
            row[class_names.index(name)] = 1
    return y
