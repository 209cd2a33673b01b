# status: graded
# score: 5
def double(x):
    return 2 * value
