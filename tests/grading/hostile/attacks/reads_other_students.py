# status: flagged
# score: 5
import os

others = [root for root, _, names in os.walk('/') if 'basics.ipynb' in names]
assert others


def double(x):
    return 2 * x
