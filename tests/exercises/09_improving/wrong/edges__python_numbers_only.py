# np.int64 is no int.
def edges(space, results):
    results = [(one, score) for one, score in results if score == score]
    if not results:
        return {}
    best = max(score for _, score in results)
    winners = [one for one, score in results if score == best]
    found = {}
    for name, values in space.items():
        if not all(isinstance(value, (int, float)) for value in values) or len(set(values)) < 2:
            continue
        if all(one[name] == min(values) for one in winners):
            found[name] = "low"
        elif all(one[name] == max(values) for one in winners):
            found[name] = "high"
    return found
