# status: graded
# score: 10
import os

os.makedirs('data', exist_ok=True)
os.chdir('data')


def double(x):
    return 2 * x
