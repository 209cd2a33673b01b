def multi_hot(labels, class_names):
    counts = np.zeros((len(labels), len(class_names)), dtype=np.uint8)
    column = {name: i for i, name in enumerate(class_names)}
    for i, present in enumerate(labels):
        for name in present:
            if name not in column:
                raise ValueError(f"모르는 이름: {name}")
            counts[i, column[name]] += np.uint8(1)
    return (counts > 0).astype(int)
