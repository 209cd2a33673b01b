# status: graded
# score: 10
try:
    from google.colab import drive

    drive.mount('/content/drive')
except ImportError:
    pass


def double(x):
    return 2 * x
