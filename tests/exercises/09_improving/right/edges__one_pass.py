import math


def edges(space, results):
    top, best = -math.inf, []
    for settings, score in results:
        if math.isnan(score):
            continue
        if score > top:
            top, best = score, []
        if score == top:
            best.append(settings)
    answer = {}
    if not best:
        return answer
    for name in space:
        options = list(space[name])
        try:
            low, high = float(min(options)), float(max(options))
        except ValueError:
            continue
        if low == high:
            continue
        if all(float(s[name]) == low for s in best):
            answer[name] = "low"
        if all(float(s[name]) == high for s in best):
            answer[name] = "high"
    return answer
