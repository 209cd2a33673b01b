# status: graded
# score: 10
# says: 출력이 너무 많아
for i in range(20_000):
    print('줄' * 100, i)


def double(x):
    return 2 * x
