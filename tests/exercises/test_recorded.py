"""What is shipped of misconceptions about average precision is what the wrong answers return."""

import recorded

from cvbook.checks.bank import tasks_results


def test_recorded_results_are_those_of_the_wrong_answers():
    inputs, results = recorded.results()
    assert tuple(inputs) == tasks_results.INPUTS
    assert {name: list(one) for name, one in tasks_results.RESULTS.items()} == results
