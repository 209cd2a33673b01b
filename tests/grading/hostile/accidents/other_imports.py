# status: graded
# score: 10
import math

import numpy as np


def double(x):
    return math.prod([2, x])
