# hint: 시험하지 않은 후보도 있습니다
def edges(space, results):
    results = [r for r in results if r[1] == r[1]]
    top = max((r[1] for r in results), default=None)
    best = [s for s, score in results if score == top]
    found = {}
    for name in space:
        values = [s[name] for s, _ in results]
        if not best or isinstance(values[0], str) or min(values) == max(values):
            continue
        if all(s[name] == min(values) for s in best):
            found[name] = "low"
        if all(s[name] == max(values) for s in best):
            found[name] = "high"
    return found
