def multi_hot(labels, class_names):
    index = {name: i for i, name in enumerate(class_names)}
    eye = np.eye(len(class_names), dtype="float32")
    rows = []
    for names in labels:
        try:
            rows.append(eye[[index[name] for name in names]].max(axis=0, initial=0))
        except KeyError as error:
            raise ValueError(f"unknown: {error}") from error
    return np.stack(rows)
