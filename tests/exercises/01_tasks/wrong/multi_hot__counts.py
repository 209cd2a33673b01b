# hint: 두 번 나와도
def multi_hot(labels, class_names):
    y = np.zeros((len(labels), len(class_names)), dtype=int)
    for row, names in zip(y, labels):
        for name in names:
            if name not in class_names:
                raise ValueError(name)
            row[class_names.index(name)] += 1
    return y
