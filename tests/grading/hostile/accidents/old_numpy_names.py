# status: graded
# score: 10
import numpy as np

np.float = float
np.int = int


def double(x):
    return 2 * x
