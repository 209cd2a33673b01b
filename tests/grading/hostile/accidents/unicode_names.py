# status: graded
# score: 10
def double(값):
    두_배 = 값 * 2
    return 두_배
