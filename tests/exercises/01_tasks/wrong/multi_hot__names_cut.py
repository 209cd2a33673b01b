def multi_hot(labels, class_names):
    table = np.empty(len(class_names), dtype="<U8")
    table[:] = class_names
    result = np.zeros((len(labels), len(table)))
    for row, present in enumerate(labels):
        for name in present:
            hits = np.flatnonzero(table == name)
            if len(hits) == 0:
                raise ValueError("없는 이름: " + name)
            result[row, hits[0]] = 1
    return result
