"""Right answers of training tasks pass whatever the initial weights are, and soon.

What is stored was measured by `benchmarks/exercise_training.py`.
"""

import pytest
import submissions
import trainings

ANSWERS = [one for name in submissions.names() for one in trainings.trainings(name)]


@pytest.mark.parametrize("training", ANSWERS, ids=lambda one: f"{one.function}-{one.name}")
def test_a_right_answer_has_passed_with_each_of_twenty_seeds_in_twenty_seconds(training):
    rows = trainings.stored(training.assignment)["answers"]
    remedy = f"python benchmarks/exercise_training.py {training.assignment} --new"
    row = rows.get(f"{training.function}__{training.name}")
    assert row is not None, remedy
    assert row["code"] == training.digest, f"{remedy} (the code has changed since)"
    assert (row["passed"], row["seeds"]) == (trainings.SEEDS, trainings.SEEDS)
    assert row["seconds"] <= trainings.SECONDS


@pytest.mark.parametrize("name", submissions.names())
def test_no_answer_is_stored_that_is_not_there(name):
    answers = {f"{one.function}__{one.name}" for one in trainings.trainings(name)}
    assert trainings.stored(name)["answers"].keys() <= answers
