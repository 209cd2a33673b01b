# status: graded
# score: 10
!ls
!nvidia-smi


def double(x):
    return 2 * x
