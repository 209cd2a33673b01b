# status: graded
# score: 10
import sys

sys.setrecursionlimit(10_000)


def double(x):
    return 2 * x
