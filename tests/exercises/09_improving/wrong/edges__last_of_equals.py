def edges(space, results):
    best, top = None, float("-inf")
    for settings, score in results:
        if score >= top:
            best, top = settings, score
    found = {}
    for name, values in space.items():
        if best is None or isinstance(values[0], str) or len(set(values)) < 2:
            continue
        if best[name] == min(values):
            found[name] = "low"
        elif best[name] == max(values):
            found[name] = "high"
    return found
