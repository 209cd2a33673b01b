# status: graded
# score: 10
from IPython.core.interactiveshell import InteractiveShell

InteractiveShell.ast_node_interactivity = 'all'
2 + 2


def double(x):
    return 2 * x
