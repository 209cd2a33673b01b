# status: graded
# score: 10
from IPython.display import display


def double(x):
    display(x)
    print(x)
    return 2 * x
