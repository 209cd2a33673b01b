# status: flagged
# score: 10
# says: <script
from IPython.display import HTML, Javascript, display

display(HTML('<script>alert(1)</script><img src=x onerror=alert(2)>'), Javascript('alert(3)'))


def double(x):
    return 2 * x
