# hint: 오류의 종류
def multi_hot(labels, class_names):
    index = {name: i for i, name in enumerate(class_names)}
    y = np.zeros((len(labels), len(class_names)))
    for row, names in enumerate(labels):
        for name in names:
            y[row, index[name]] = 1
    return y
