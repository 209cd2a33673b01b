def edges(space, results):
    scores = np.array([score for _, score in results], float)
    if scores.size == 0 or np.isnan(scores).all():
        return {}
    best = np.flatnonzero(scores == np.nanmax(scores))
    found = {}
    for name, values in space.items():
        values = np.asarray(values)
        if values.dtype.kind not in "iuf" or len(np.unique(values)) == 1:
            continue
        chosen = np.array([results[i][0][name] for i in best])
        if (chosen == values.min()).all():
            found[name] = "low"
        elif (chosen == values.max()).all():
            found[name] = "high"
    return found
