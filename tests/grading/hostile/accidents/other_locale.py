# status: graded
# score: 10
import locale

locale.setlocale(locale.LC_ALL, 'C')


def double(x):
    return 2 * x
