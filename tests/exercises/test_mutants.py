"""Graded tests notice every small change of a solution that is one.

A sixth of the mutants each day; `make test-exhaustive` runs all.
"""

import mutants
import pytest
import submissions
from sampling import drawn

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "name",
    [n for n in submissions.names() if set(submissions.solution(n).answers) - mutants.SCORED],
)
def test_mutants_are_killed_or_explained(name):
    made = mutants.of_assignment(name)
    for function in {mutant.function for mutant in made}:  # nothing is excused that is not made
        changes = {mutant.change for mutant in made if mutant.function == function}
        assert mutants.LISTED.get(function, {}).keys() <= changes
    chosen = drawn(made, days=6)
    alive = mutants.survivors(name, chosen)
    assert [mutant for mutant in alive if mutants.listed(mutant) is None] == []
    # Nor one that is caught anyway.
    assert [mutant for mutant in chosen if mutants.listed(mutant) and mutant not in alive] == []


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
