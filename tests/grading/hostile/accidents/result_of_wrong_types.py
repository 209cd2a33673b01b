# status: graded
# score: 10
class A:
    def _repr_mimebundle_(self, **k): return {'text/plain': {'deep': [1]}, 'text/html': 7}
def double(x):
    return 2 * x
A()
