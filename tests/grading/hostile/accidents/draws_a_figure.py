# status: graded
# score: 10
import matplotlib.pyplot as plt

%config InlineBackend.figure_format = 'retina'
plt.plot([1, 2])
plt.show()


def double(x):
    return 2 * x
