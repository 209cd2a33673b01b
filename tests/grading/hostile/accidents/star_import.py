# status: graded
# score: 10
from numpy import *


def double(x):
    return 2 * x
