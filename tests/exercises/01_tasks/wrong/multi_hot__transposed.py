# hint: 축의 순서
def multi_hot(labels, class_names):
    y = np.zeros((len(class_names), len(labels)))
    for row, names in enumerate(labels):
        for name in names:
            y[class_names.index(name), row] = 1
    return y
