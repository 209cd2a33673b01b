# status: graded
# score: 10
from IPython.display import display
display({'text/plain': 5, 'text/html': None, 'image/png': [1, 2], 'application/json': {'a': float('nan')}}, raw=True)
display({'text/plain': {'a': 1}, 'text/markdown': ['a', 'b']}, raw=True, metadata={'image/png': 5})
display({'text/plain': 'x'}, raw=True, metadata={'a': 5}, transient={'display_id': 'q'})
def double(x):
    return 2 * x
