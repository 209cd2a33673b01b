# status: graded
# score: 10
%%time
def double(x):
    return 2 * x
