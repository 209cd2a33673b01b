# status: flagged
# score: 0
# says: marshal
import marshal

original = marshal.loads
marshal.loads = lambda code: original(code)


def double(x):
    return 0
