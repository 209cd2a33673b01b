# status: graded
# score: 5
from IPython.display import clear_output


def double(x):
    clear_output()
    return 0
