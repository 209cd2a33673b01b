def edges(space, results):
    def of_one(settings):
        found = set()
        for name, candidates in space.items():
            ordered = sorted(candidates)
            if isinstance(ordered[0], str) or ordered[0] == ordered[-1]:
                continue
            if settings[name] == ordered[0]:
                found.add((name, "low"))
            if settings[name] == ordered[-1]:
                found.add((name, "high"))
        return found

    results = [(settings, score) for settings, score in results if score == score]
    if not results:
        return {}
    top = max(score for _, score in results)
    return dict(set.intersection(*(of_one(s) for s, score in results if score == top)))
