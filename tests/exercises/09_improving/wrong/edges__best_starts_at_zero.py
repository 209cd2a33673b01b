def edges(space, results):
    top, best = 0.0, []
    for settings, score in results:
        if score > top:
            top, best = score, []
        if score == top:
            best.append(settings)
    found = {}
    for name, values in space.items():
        if not best or isinstance(values[0], str) or len(set(values)) < 2:
            continue
        if all(s[name] == min(values) for s in best):
            found[name] = "low"
        if all(s[name] == max(values) for s in best):
            found[name] = "high"
    return found
