# hint: 가장 좋은 설정만 봅니다
def edges(space, results):
    found = {}
    for settings, score in results:
        for name, values in space.items():
            if isinstance(values[0], str) or min(values) == max(values):
                continue
            if settings[name] == min(values):
                found[name] = "low"
            elif settings[name] == max(values):
                found[name] = "high"
    return found
