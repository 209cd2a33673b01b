# hint: 이름 하나만
def multi_hot(labels, class_names):
    y = np.zeros((len(labels), len(class_names)))
    for row, names in enumerate(labels):
        for name in names:
            if name not in class_names:
                raise ValueError(name)
        if names:
            y[row, class_names.index(names[0])] = 1
    return y
