def multi_hot(labels, class_names):
    rows = []
    for names in labels:
        row = [0] * len(class_names)
        for name in names:
            row[class_names.index(name)] = 1
        rows.append(row)
    return rows
