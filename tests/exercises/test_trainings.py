"""Right answers of training tasks pass whatever the initial weights are, and soon.

What is stored was measured by `benchmarks/exercise_training.py`.
"""

import importlib.util
import json
import sys

import pytest
import submissions
import trainings

BENCHMARK = submissions.ROOT / "benchmarks/exercise_training.py"
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


@pytest.mark.parametrize("stopped", [True, False])
def test_measuring_what_is_new_keeps_the_rest(stopped, monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("exercise_training", BENCHMARK)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    name, (first, *others) = "07_separable_conv", trainings.trainings("07_separable_conv")
    before = trainings.stored(name) | benchmark.setting(name)
    before["answers"][f"{first.function}__{first.name}"]["code"] = "of another day"
    (tmp_path / "trainings.json").write_text(json.dumps(before))
    monkeypatch.setattr(trainings, "path", lambda assignment: tmp_path / "trainings.json")
    monkeypatch.setattr(sys, "argv", ["", name, "--new"])
    measured = []

    def measure(training, seeds):
        measured.append(training)
        if stopped:
            raise KeyboardInterrupt
        return {"code": training.digest, "seeds": seeds, "passed": seeds, "seconds": 1.0}

    monkeypatch.setattr(benchmark, "measure", measure)
    monkeypatch.setattr(benchmark, "use_one_thread", lambda: None)  # at a process's start only
    if stopped:
        with pytest.raises(KeyboardInterrupt):
            benchmark.main()
    else:
        benchmark.main()
    after = trainings.stored(name)["answers"]
    assert measured == [first]
    assert after.keys() == before["answers"].keys()
    for one in others:
        key = f"{one.function}__{one.name}"
        assert after[key] == before["answers"][key]
