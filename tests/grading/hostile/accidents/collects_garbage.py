# status: graded
# score: 10
import gc
import pickle

gc.collect()
pickle.loads(pickle.dumps(1))


def double(x):
    return 2 * x
