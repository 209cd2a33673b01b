from itertools import takewhile
from numbers import Real


def edges(space, results):
    ranked = sorted((r for r in results if not np.isnan(r[1])), key=lambda r: r[1], reverse=True)
    best = [s for s, _ in takewhile(lambda r: r[1] == ranked[0][1], ranked)]
    sides = {}
    for name, values in space.items():
        if not all(isinstance(v, Real) for v in values):
            continue
        if len(set(values)) == 1 or not best:
            continue
        low = [s[name] == min(values) for s in best]
        high = [s[name] == max(values) for s in best]
        if all(low):
            sides[name] = "low"
        elif all(high):
            sides[name] = "high"
    return sides
