# status: incomplete
# score: 0
# says: 커널이 죽음
import sys
import threading

sys.setrecursionlimit(1 << 30)


def deeper(x):
    return max([x], key=deeper)


deeper(0)
