# hint: 사전의 열쇠
def edges(space, results):
    results = [r for r in results if r[1] == r[1]]
    top = max((r[1] for r in results), default=None)
    best = [s for s, score in results if score == top]
    found = {}
    for name, values in space.items():
        chosen = {s[name] for s in best}
        if isinstance(values[0], str) or len(set(values)) < 2:
            continue
        found[name] = {(min(values),): "low", (max(values),): "high"}.get(tuple(chosen))
    return found
