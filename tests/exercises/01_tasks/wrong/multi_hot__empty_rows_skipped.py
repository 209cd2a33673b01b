def multi_hot(labels, class_names):
    rows = []
    for names in labels:
        if not names:
            continue
        row = [0] * len(class_names)
        for name in names:
            row[class_names.index(name)] = 1
        rows.append(row)
    return np.array(rows)
