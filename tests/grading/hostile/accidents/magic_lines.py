# status: graded
# score: 10
%matplotlib inline


def double(x):
    return 2 * x
