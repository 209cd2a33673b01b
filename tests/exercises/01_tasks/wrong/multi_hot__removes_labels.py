# hint: 인수를 바꾸어
def multi_hot(labels, class_names):
    y = np.zeros((len(labels), len(class_names)))
    for row, names in enumerate(labels):
        while names:
            name = names.pop()
            if name not in class_names:
                raise ValueError(name)
            y[row, class_names.index(name)] = 1
    return y
