"""The stored measurements belong to the chapters' code, and hold when they are made again."""

import ast
import json
import os
import random
from pathlib import Path

import nbformat
import pytest
from sampling import SAMPLE, TODAY

from cvbook.measure.check import deviations
from cvbook.measure.experiments import find_experiments
from cvbook.measure.runner import Measurement, Setting

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"
FILES = sorted((BOOK / "results").glob("*.json"))
DATA_SETS = ROOT.parent / "shared" / "data"
#: Seconds of measuring, as stored; starting the processes comes on top. Each week it is more.
BUDGET = float(os.environ.get("CVBOOK_SAMPLE_SECONDS", 30))
DRAWN = TODAY if SAMPLE == "all" else SAMPLE


@pytest.fixture(scope="module")
def experiments():
    return find_experiments(BOOK)


def read(path):
    return json.loads(path.read_text("utf-8"))


def label(path):
    """Name of the data set in the name of a file; empty for the drawn pets."""
    return path.stem.partition(".")[2]


def code_of(notebook):
    return [c.source for c in nbformat.read(notebook, as_version=4).cells if c.cell_type == "code"]


def sample():
    """Runs that are measured again, drawn from all whose data set is here, within the budget."""
    runs = [
        (path, run["seed"], run["seconds"])
        for path in FILES
        if not label(path) or (DATA_SETS / label(path)).is_dir()
        for run in read(path)["runs"]
    ]
    random.Random(DRAWN).shuffle(runs)
    chosen, left, seen = [], BUDGET, set()
    for path, seed, seconds in runs:
        if seconds <= left and path not in seen:
            chosen.append((path, seed))
            seen.add(path)
            left -= seconds
    return chosen


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def stored(request):
    return request.param


def test_it_was_measured_with_the_code_that_the_chapter_shows(stored, experiments):
    content = read(stored)
    experiment = experiments[content["experiment"]]
    assert stored.stem.partition(".")[0] == experiment.name
    assert content["notebook"] == experiment.notebook.name
    assert content["cell"] == experiment.cell
    remedy = f"{content['command']} (code of {experiment.cell} has changed since)"
    assert content["code"] == experiment.digest, remedy


def test_it_has_five_seeds_or_says_why_not(stored):
    content = read(stored)
    seeds = [run["seed"] for run in content["runs"]]
    assert len(set(seeds)) == len(seeds)
    assert len(seeds) >= 5 or content.get("note"), "measure more seeds, or say why with --note"


def test_its_chapter_loads_it(stored):
    """The name may be put together: then both of its parts stand in the cells that load."""
    content = read(stored)
    lines = [
        line
        for source in code_of(BOOK / content["notebook"])
        if "results." in source
        for line in source.splitlines()
        if not line.startswith("%")  # a magic, which is no Python
    ]
    loading = "\n".join(lines)
    strings = [
        node.value
        for node in ast.walk(ast.parse(loading))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert "results.load" in loading
    for part in (content["experiment"], label(stored)):
        assert any(part in string for string in strings), part


def test_every_experiment_has_results(experiments):
    stored = {read(path)["experiment"] for path in FILES}
    assert sorted(set(experiments) - stored) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "seed"), [pytest.param(p, seed, id=f"{p.stem}-{seed}") for p, seed in sample()]
)
def test_a_run_made_again_stays_within_the_stored_spread(path, seed, experiments, tmp_path):
    content = read(path)
    setting = Setting(DATA_SETS / label(path) if label(path) else None, content["profile"])
    measurement = Measurement(experiments[content["experiment"]], setting, path.parent, tmp_path)
    new = measurement.measure([seed], jobs=1)[seed]["values"]
    outside = deviations([run["values"] for run in content["runs"]], new)
    assert outside == [], f"repeat with CVBOOK_SAMPLE={DRAWN}"
