# status: graded
# score: 10
max = 3


def double(x):
    return 2 * x
