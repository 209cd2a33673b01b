def grid_search_space(space):
    out = [{}]
    for k, vs in space.items():
        assert isinstance(vs, list)
        out = [{**d, k: v} for d in out for v in vs]
    return out
