# status: flagged
# score: 5
abs = lambda x: 0


def double(x):
    return 0
