# status: graded
# score: 10
class Doubler:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, x):
        return self.factor * x


double = Doubler(2)
