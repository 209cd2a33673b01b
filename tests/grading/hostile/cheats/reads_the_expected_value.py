# status: flagged
# score: 5
# says: expected
def double(x):
    return expected
