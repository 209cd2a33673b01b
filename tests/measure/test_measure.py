"""`cvbook measure` on a small book, as an author uses it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cvbook import results
from cvbook.errors import CvbookError
from cvbook.measure.experiments import find_experiments

pytestmark = pytest.mark.slow
CVBOOK = Path(sys.executable).with_name("cvbook")
SETUP = "import numpy as np\nSCALE = 10"
EXPERIMENT = """
def noise(seed):
    rng = np.random.default_rng(seed)
    return {"mean": SCALE + rng.normal(), "curves": {"loss": rng.normal(size=20)}}
"""
COUNTED = """
def noise(seed):
    made.write("x")
    made.flush()
    return {"seed": seed}
"""
#: Seed 1 waits for its end where `reached` is a pipe.
WAITING = """
def noise(seed):
    import os, signal
    if seed == 1 and os.path.exists(reached):
        open(reached, "w").close()
        signal.pause()
    return {"seed": seed}
"""


def write(book, *cells, experiment=EXPERIMENT, setup=SETUP, tag="experiment"):
    book.mkdir(exist_ok=True)
    tagged = new_code_cell(experiment, metadata={"tags": [tag]})
    notebook = new_notebook(
        cells=[new_markdown_cell("# Noise"), new_code_cell(setup), new_code_cell("1 / 0"), tagged]
    )
    nbformat.write(notebook, book / "01_noise.ipynb")
    return book


def measure(book, *arguments, check=True):
    return subprocess.run(
        [CVBOOK, "measure", "--book", book, "--jobs", "2", *arguments],
        capture_output=True,
        text=True,
        check=check,
    )


@pytest.fixture
def book(tmp_path):
    return write(tmp_path / "book")


def test_every_seed_is_stored_with_where_it_is_from(book):
    measure(book, "noise", "--seeds", "3", "--note", "each takes an hour")
    stored = json.loads((book / "results/noise.json").read_text())
    assert stored["note"] == "each takes an hour"
    assert [run["seed"] for run in stored["runs"]] == [0, 1, 2]
    expected = 10 + np.random.default_rng(1).normal()
    assert stored["runs"][1]["values"]["mean"] == expected
    assert stored["command"] == "cvbook measure noise --seeds 3"
    assert stored["notebook"] == "01_noise.ipynb"
    assert stored["versions"]["numpy"] == np.__version__
    assert stored["constants"] == {"SCALE": 10}
    assert stored["profile"] == "cpu"
    assert stored["data"] == {"name": "none"}
    assert {"device", "date"} <= stored.keys()


def test_chapters_read_mean_spread_and_curves(book):
    measure(book, "noise", "--seeds", "4")
    loaded = results.load("noise", book / "results")
    values = loaded.values("mean")
    assert values.shape == (4,)
    assert loaded.values("curves/loss").shape == (4, 20)
    deviation = np.std(values, ddof=1)
    assert loaded.summary("mean") == f"{values.mean():.2f} ± {deviation:.2f} (시드 4개)"
    with pytest.raises(KeyError, match="curves/loss"):
        loaded.values("curves/accuracy")


def test_runs_that_are_there_are_not_made_again(book, tmp_path):
    made = tmp_path / "made"
    write(book, setup=f"{SETUP}\nmade = open({str(made)!r}, 'a')", experiment=COUNTED)
    measure(book, "noise", "--seeds", "2")
    measure(book, "noise", "--seeds", "3")
    assert made.read_text() == "xxx"


def test_an_interrupted_measurement_goes_on(book, tmp_path):
    reached = tmp_path / "reached"
    os.mkfifo(reached)
    write(book, setup=f"{SETUP}\nreached = {str(reached)!r}", experiment=WAITING)
    process = subprocess.Popen(
        [CVBOOK, "measure", "--book", book, "--jobs", "1", "noise", "--seeds", "2"],
        stderr=subprocess.PIPE,
    )
    reached.read_text()  # until seed 1 runs
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130
    assert not (book / "results/noise.json").exists()
    assert len(list((tmp_path / ".cache/measure").glob("noise-*.json"))) == 1
    reached.unlink()
    measure(book, "noise", "--seeds", "2")
    assert results.load("noise", book / "results").seeds == [0, 1]


def test_no_run_outlives_the_command(book, tmp_path):
    reached = tmp_path / "reached"
    os.mkfifo(reached)
    ended = tmp_path / "ended"
    os.mkfifo(ended)
    waiting = WAITING.replace("signal.pause()", "end = open(ended, 'w'); signal.pause()")
    write(
        book,
        setup=f"{SETUP}\nreached, ended = {str(reached)!r}, {str(ended)!r}",
        experiment=waiting,
    )
    command = [CVBOOK, "measure", "--book", book, "--jobs", "1", "noise", "--seeds", "2"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    reached.read_text()
    with ended.open() as pipe:
        process.kill()
        process.wait()
        assert pipe.read() == ""  # the run held it open


def test_check_holds_for_what_was_measured(book):
    measure(book, "noise", "--seeds", "3")
    done = measure(book, "--check")
    assert "noise.json: holds" in done.stdout


def test_check_names_the_files_whose_data_set_is_not_given(book):
    measure(book, "noise", "--seeds", "2")
    path = book / "results/noise.json"
    (book / "results/noise.pets.json").write_text(path.read_text())
    done = measure(book, "--check")
    assert "noise.pets.json: not checked" in done.stdout
    assert "--data" in done.stdout


def test_check_fails_where_a_number_leaves_the_spread(book):
    measure(book, "noise", "--seeds", "3")
    path = book / "results/noise.json"
    stored = json.loads(path.read_text())
    for run in stored["runs"]:
        run["values"]["mean"] += 100
    path.write_text(json.dumps(stored))
    done = measure(book, "noise", "--check", check=False)
    assert done.returncode == 1
    assert "mean" in done.stdout
    assert "outside" in done.stdout


def test_check_fails_where_the_code_has_changed(book):
    measure(book, "noise", "--seeds", "2")
    write(book, setup=SETUP.replace("10", "11"))
    done = measure(book, "--check", check=False)
    assert done.returncode == 1
    assert "code has changed" in done.stdout


def test_a_comment_is_no_change_of_the_code(book):
    before = find_experiments(book)["noise"].digest
    write(book, setup=f"{SETUP}  # ten")
    assert find_experiments(book)["noise"].digest == before


def test_a_failing_experiment_names_cell_and_line(book):
    write(book, experiment="def noise(seed):\n    return {'mean': [][seed]}\n")
    done = measure(book, "noise", check=False)
    assert done.returncode == 1
    assert "01_noise.ipynb" in done.stderr
    assert "IndexError" in done.stderr
    assert not (book / "results").exists()


def test_an_experiment_that_returns_a_text_is_refused(book):
    write(book, experiment="def noise(seed):\n    return {'verdict': 'better'}\n")
    assert "returns numbers, not str" in measure(book, "noise", check=False).stderr


def test_unknown_names_and_missing_folders_are_named(book):
    assert "there are: noise" in measure(book, "nose", check=False).stderr
    done = measure(book, "noise", "--data", "nowhere", check=False)
    assert "no such folder – nowhere" in done.stderr


def test_a_tagged_cell_without_an_experiment_is_refused(book):
    write(book, experiment="x = 1")
    with pytest.raises(CvbookError, match="one function of one argument `seed`"):
        find_experiments(book)


def test_the_list_tells_what_is_stored(book):
    measure(book, "noise", "--seeds", "2")
    assert "noise.json: 2 seed(s), up to date" in measure(book).stdout
