# status: flagged
# score: 5
import sys


class Finder:
    def find_spec(self, name, path=None, target=None):
        return None


sys.meta_path.insert(0, Finder())


def double(x):
    return 0
