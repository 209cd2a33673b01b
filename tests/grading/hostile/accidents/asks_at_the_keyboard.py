# status: graded
# score: 10
try:
    name = input('이름? ')
except Exception:
    name = ''


def double(x):
    return 2 * x
