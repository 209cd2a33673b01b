def edges(space, results):
    results = [r for r in results if r[1] == r[1]]
    top = max((r[1] for r in results), default=None)
    best = [s for s, score in results if score == top]
    found = {}
    for name, values in space.items():
        if not best or isinstance(values[0], str) or len(set(values)) < 2:
            continue
        if all(np.isclose(s[name], min(values)) for s in best):
            found[name] = "low"
        if all(np.isclose(s[name], max(values)) for s in best):
            found[name] = "high"
    return found
