# status: flagged
# score: 0
import sys


def trace(frame, event, arg):
    return trace


sys.settrace(trace)


def double(x):
    return 0
