# hint: 첫 번째만 보았습니다
def edges(space, results):
    results = [r for r in results if r[1] == r[1]]
    if not results:
        return {}
    best = max(results, key=lambda r: r[1])[0]
    found = {}
    for name, values in space.items():
        if isinstance(values[0], str) or len(set(values)) < 2:
            continue
        if best[name] == min(values):
            found[name] = "low"
        elif best[name] == max(values):
            found[name] = "high"
    return found
