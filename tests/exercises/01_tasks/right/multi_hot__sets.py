def multi_hot(labels, class_names):
    for names in labels:
        unknown = set(names) - set(class_names)
        if unknown:
            raise ValueError(f"unknown names: {sorted(unknown)}")
    return np.array([[name in names for name in class_names] for names in labels])
