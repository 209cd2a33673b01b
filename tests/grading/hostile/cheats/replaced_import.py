# status: flagged
# score: 0
import builtins

original = builtins.__import__
builtins.__import__ = lambda *args, **kwargs: original(*args, **kwargs)


def double(x):
    return 0
