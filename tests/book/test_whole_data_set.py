"""Chapters on a data set as large as the whole Oxford-IIIT Pet: 7,390 records of 37 breeds.

Here only cells that use the data set and do not depend on a training are executed, with what they
need; `python tools/whole_data_set.py` executes them all.
"""

import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

from cvbook.datasets import oxford_pets
from cvbook.kernels.pool import Pool
from cvbook.measure.dataflow import names, needed_cells
from cvbook.reproduce.notebooks import code_cells
from cvbook.reproduce.run import training_environment

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import whole_data_set

CHAPTERS = whole_data_set.chapters()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    with training_environment():
        return whole_data_set.write(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def pool():
    with training_environment(), Pool() as pool:
        yield pool


def without_training(notebook):
    """Cells that neither train nor use what others get from a training."""
    trained: set[str] = set()
    kept = []
    for cell in code_cells(notebook):
        found = names(cell.source)
        if "fit(" in cell.source or found.used & trained:
            trained |= found.bound
        else:
            kept.append(cell)
    return kept


def with_data(cells):
    """Cells that load the data set or use what others get from it, and what these need."""
    sources = [cell.source for cell in cells]
    derived: set[str] = set()
    kept: set[int] = set()
    for index, source in enumerate(sources):
        found = names(source)
        if "datasets.load(" in source or found.used & derived:
            derived |= found.bound
            kept |= {index, *needed_cells(sources, index)}
    return [cells[index] for index in sorted(kept)]


@pytest.mark.slow
@pytest.mark.drawn(turn=2)
def test_the_records_have_the_size_and_the_gaps_of_the_real_ones(folder):
    dataset = oxford_pets.read(folder)
    assert len(dataset.records) == 7390
    assert len(dataset.breeds) == 37
    assert {record.species for record in dataset.records} == {"cat", "dog"}
    with_box = sum(record.head_box is not None for record in dataset.records)
    assert 0.45 < with_box / 7390 < 0.55
    trainval, test = dataset.official_split()
    assert 7300 < len(trainval) + len(test) < 7390


#: How an experiment, which trains, reads the records before it does.
INPUTS_OF_EXPERIMENTS = {
    "10_shared_backbone": ["photo_arrays(datasets.split(datasets.load().records)[0][:360])"],
}


@pytest.mark.slow
@pytest.mark.drawn(turn=2)
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_what_comes_before_training_runs_on_7390_records(path, folder, pool, monkeypatch):
    notebook = nbformat.read(path, as_version=4)
    inputs = [new_code_cell(source) for source in INPUTS_OF_EXPERIMENTS.get(path.stem, [])]
    kept = with_data([*without_training(notebook), *inputs])
    assert any("datasets.load(" in cell.source for cell in kept)
    notebook.cells = kept
    monkeypatch.setenv("CVBOOK_DATA", str(folder))
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, km=pool.manager(), timeout=300, resources=resources).execute()


@pytest.mark.slow
@pytest.mark.drawn(turn=2)
def test_few_batches_an_epoch_are_trained_when_asked(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[new_code_cell(TRAINING)])
    nbformat.write(notebook, tmp_path / "one.ipynb")
    whole_data_set.train_on_few_batches(tmp_path / "one.ipynb", 2)
    NotebookClient(
        changed := nbformat.read(tmp_path / "one.ipynb", as_version=4), kernel_name="cvbook"
    ).execute()
    assert changed.cells[-1].outputs[-1]["text"] == "8 batches in 4 epochs\n"


TRAINING = """\
import keras
import numpy as np

model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
batches = []
count = keras.callbacks.LambdaCallback(
    on_train_batch_end=lambda batch, logs: batches.append(batch)
)
x = np.ones((64, 1))
model.fit(x, x, 4, epochs=3, callbacks=[count], verbose=0)
model.fit(x, x, 4, callbacks=[count], verbose=0, steps_per_epoch=9)
print(len(batches), "batches in 4 epochs")
"""
