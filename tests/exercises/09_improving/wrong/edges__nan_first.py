def edges(space, results):
    top = max((r[1] for r in results), default=None)
    best = [s for s, score in results if score == top]
    found = {}
    for name, values in space.items():
        if not best or isinstance(values[0], str) or len(set(values)) < 2:
            continue
        if all(s[name] == min(values) for s in best):
            found[name] = "low"
        if all(s[name] == max(values) for s in best):
            found[name] = "high"
    return found
