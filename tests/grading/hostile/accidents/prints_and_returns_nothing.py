# status: graded
# score: 5
def double(x):
    print(2 * x)
