def edges(space, results):
    finite = [r for r in results if r[1] == r[1]]
    out = {}
    if not finite:
        return out
    top = sorted(r[1] for r in finite)[-1]
    for name in space:
        if any(type(v) is str for v in space[name]):
            continue
        chosen = sorted(r[0][name] for r in finite if r[1] == top)
        order = sorted(space[name])
        if order[0] == order[-1]:
            continue
        if chosen[-1] <= order[0]:
            out[name] = "low"
        if chosen[0] >= order[-1]:
            out[name] = "high"
    return out
