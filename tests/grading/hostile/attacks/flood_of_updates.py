# status: graded
# score: 10
# says: 출력이 너무 많아
from IPython.display import clear_output, display

handle = display('x', display_id=True)
for _ in range(300):
    handle.update('줄' * 10_000)
    clear_output(wait=True)


def double(x):
    return 2 * x
