# status: graded
# score: 10
!pip install -q numpy


def double(x):
    return 2 * x
