def multi_hot(labels, class_names):
    return [[class_names.index(name) for name in names] for names in labels]
