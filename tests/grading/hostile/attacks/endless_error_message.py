# status: graded
# score: 5
# says: 출력이 너무 많아
def double(x):
    raise ValueError('x' * 5_000_000)
