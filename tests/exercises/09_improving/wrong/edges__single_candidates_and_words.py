# hint: 먼저 걸러 내세요
def edges(space, results):
    results = [r for r in results if r[1] == r[1]]
    top = max((r[1] for r in results), default=None)
    best = [s for s, score in results if score == top]
    found = {}
    for name, values in space.items():
        chosen = {s[name] for s in best}
        if chosen == {min(values)}:
            found[name] = "low"
        elif chosen == {max(values)}:
            found[name] = "high"
    return found
