# status: graded
# score: 10
%time y = 2 + 2


def double(x):
    return 2 * x
