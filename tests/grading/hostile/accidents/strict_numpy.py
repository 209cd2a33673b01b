# status: graded
# score: 10
import warnings

import numpy as np

np.seterr(all='raise')
np.set_printoptions(precision=2)
np.random.seed(0)
warnings.simplefilter('ignore')


def double(x):
    return 2 * x
