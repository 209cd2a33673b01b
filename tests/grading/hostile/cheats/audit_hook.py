# status: flagged
# score: 5
import sys

sys.addaudithook(lambda *args: None)


def double(x):
    return 0
