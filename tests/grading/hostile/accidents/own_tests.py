# status: graded
# score: 10
def double(x):
    return 2 * x


assert double(1) == 2
x = 3
y = double(x)
print(y, '통과')
