# hint: 두 끝이 서로 바뀌었습니다
def edges(space, results):
    results = [r for r in results if not np.isnan(r[1])]
    top = max((r[1] for r in results), default=None)
    best = [s for s, score in results if score == top]
    found = {}
    for name, values in space.items():
        if isinstance(values[0], str) or len(set(values)) < 2 or not best:
            continue
        if all(s[name] == min(values) for s in best):
            found[name] = "high"
        if all(s[name] == max(values) for s in best):
            found[name] = "low"
    return found
