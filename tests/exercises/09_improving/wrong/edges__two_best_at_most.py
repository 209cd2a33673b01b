# Of equally good settings, the third is not looked at.
def edges(space, results):
    valid = [(one, score) for one, score in results if score == score]
    valid.sort(key=lambda trial: -trial[1])
    if not valid:
        return {}
    winners = [one for one, score in valid[:2] if score == valid[0][1]]
    found = {}
    for name, values in space.items():
        values = list(values)
        if isinstance(values[0], str) or min(values) == max(values):
            continue
        if all(one[name] == min(values) for one in winners):
            found[name] = "low"
        elif all(one[name] == max(values) for one in winners):
            found[name] = "high"
    return found
