# hint: 오류의 글
def multi_hot(labels, class_names):
    y = np.zeros((len(labels), len(class_names)))
    for row, names in enumerate(labels):
        for name in names:
            if name not in class_names:
                raise ValueError("모르는 이름")
            y[row, class_names.index(name)] = 1
    return y
