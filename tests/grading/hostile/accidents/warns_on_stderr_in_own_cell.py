# status: graded
# score: 10
import warnings

warnings.warn('낡은 함수')


def double(x):
    return 2 * x
