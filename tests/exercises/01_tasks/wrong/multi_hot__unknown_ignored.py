# hint: raise ValueError
def multi_hot(labels, class_names):
    return np.array([[int(name in names) for name in class_names] for names in labels])
