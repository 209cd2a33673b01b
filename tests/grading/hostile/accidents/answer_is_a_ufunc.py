# status: graded
# score: 10
import functools

import numpy as np

double = functools.partial(np.multiply, 2)
