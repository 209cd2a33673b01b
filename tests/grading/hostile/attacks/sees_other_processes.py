# status: flagged
# score: 5
import os

assert [p for p in os.listdir('/proc') if p.isdigit() and int(p) > 50]


def double(x):
    return 2 * x
