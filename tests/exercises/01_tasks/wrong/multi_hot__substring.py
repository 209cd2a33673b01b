def multi_hot(labels, class_names):
    for names in labels:
        for name in names:
            if not any(name in known for known in class_names):
                raise ValueError(name)
    return np.array([[int(known in names) for known in class_names] for names in labels])
