"""Test cells keep their names to themselves."""

from cvbook import checks


def test_a_test_cell_and_the_notebook_do_not_see_each_others_names():
    names = {"checks": checks}
    exec(
        "np = 'a list of mine'\n"
        "def touching(x):\n    return x + 1\n"
        "def mine(x):\n    return touching(x)\n"
        "@checks.isolated\n"
        "def _tests(np, checks):\n"
        "    def touching(n):\n        return np.arange(n)\n"
        "    checks.visible('mine', *[checks.call(int(x)).gives(x + 1) for x in touching(3)])\n",
        names,
    )
    assert names["touching"](1) == 2
    assert names["np"] == "a list of mine"
