# status: flagged
# score: 5
import _thread

_thread.start_new_thread(lambda: None, ())


def double(x):
    return 0
