from collections import namedtuple


def grid_search_space(space):
    Setting = namedtuple("Setting", list(space))
    return [Setting(*values)._asdict() for values in itertools.product(*space.values())]
