# status: graded
# score: 10
%load_ext autoreload
%autoreload 2


def double(x):
    return 2 * x
