"""Graded tests notice nearly every small change of a solution."""

import mutants
import pytest
import submissions

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "name", [n for n in submissions.names() if set(submissions.solution(n).answers) - mutants.SCORED]
)
def test_mutants_are_killed_or_explained(name):
    counts, alive = mutants.survivors(name)
    unexplained = [mutant for mutant in alive if mutants.listed(mutant) is None]
    equivalent = len(alive) - len(unexplained)
    killed = sum(counts.values()) - len(alive)
    assert killed >= 0.95 * (sum(counts.values()) - equivalent), unexplained
    assert unexplained == []
    living = {mutant.change for mutant in alive}
    for function in counts:  # nothing is excused that is caught anyway
        assert set(mutants.LISTED.get(function, {})) <= living


def test_every_kind_of_mutation_is_made():
    source = "def f(x, axis=0):\n    if x > 1:\n        x = np.clip(x, 0, axis + 2)\n    return x"
    changes = [mutant.change for mutant in mutants.mutate("f", source)]
    for expected in [
        "if x > 1:  =>  if x >= 1:",
        "if x > 1:  =>  if not x > 1:",
        "x = np.clip(x, 0, axis + 2)  =>  x = x",
        "x = np.clip(x, 0, axis + 2)  =>  x = np.clip(x, 0, axis - 2)",
        "x = np.clip(x, 0, axis + 2)  =>  x = np.clip(x, 0, axis + 3)",
        "def f(x, axis=0):  =>  def f(x, axis=1):",
        "return x  =>  pass",
    ]:
        assert expected in changes
    assert len(set(changes)) == len(changes)
