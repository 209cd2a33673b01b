# hint: 처음과 마지막이 끝값이라는 법은 없습니다
def edges(space, results):
    results = [r for r in results if r[1] == r[1]]
    top = max((r[1] for r in results), default=None)
    best = [s for s, score in results if score == top]
    found = {}
    for name, values in space.items():
        if isinstance(values[0], str) or len(values) < 2 or not best:
            continue
        if all(s[name] == values[0] for s in best):
            found[name] = "low"
        if all(s[name] == values[-1] for s in best):
            found[name] = "high"
    return found
