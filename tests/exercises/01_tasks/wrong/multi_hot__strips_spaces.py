def multi_hot(labels, class_names):
    encoded = np.zeros((len(labels), len(class_names)), int)
    for row, names in enumerate(labels):
        for name in names:
            name = name.strip()
            if name not in class_names:
                raise ValueError(name)
            encoded[row, class_names.index(name)] = 1
    return encoded
