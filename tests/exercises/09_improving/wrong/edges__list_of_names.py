def edges(space, results):
    results = [r for r in results if r[1] == r[1]]
    top = max((r[1] for r in results), default=None)
    best = [s for s, score in results if score == top]
    return [
        name
        for name, values in space.items()
        if best
        and not isinstance(values[0], str)
        and len(set(values)) > 1
        and {s[name] for s in best} in ({min(values)}, {max(values)})
    ]
