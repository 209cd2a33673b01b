import json


def grid_search_space(space):
    settings = []
    current = {}

    def fill(names):
        if not names:
            settings.append(json.loads(json.dumps(current)))
            return
        for value in space[names[0]]:
            current[names[0]] = value
            fill(names[1:])

    fill(list(space))
    return settings
