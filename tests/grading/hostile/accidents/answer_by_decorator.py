# status: graded
# score: 10
import functools


def twice(function):
    @functools.wraps(function)
    def wrapped(x):
        return 2 * function(x)

    return wrapped


@twice
def double(x):
    return x
