# status: graded
# score: 5
def double(x):
    return x * x
