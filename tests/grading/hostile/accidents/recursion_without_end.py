# status: graded
# score: 5
def double(x):
    return double(x)
