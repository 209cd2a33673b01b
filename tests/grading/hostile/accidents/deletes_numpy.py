# status: graded
# score: 10
import numpy

del numpy


def double(x):
    return 2 * x
