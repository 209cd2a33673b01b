"""Train the model of exercise 08 as its graded cell does, with several seeds: time and accuracy.

    python benchmarks/exercise_training.py [--seeds 10]

The cell passes from an accuracy of 0.9 and may take 90 seconds on two cores.
"""

import argparse
import re
import time
from pathlib import Path

import keras
import nbformat
from keras import layers

from cvbook import models

NOTEBOOK = Path(__file__).parents[1] / "solutions/08_mini_xception/08_mini_xception.ipynb"


def graded_cell() -> str:
    """Return the source of the cell that trains, without the call of `checks`."""
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    (source,) = (
        cell.source
        for cell in cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "build_mini_xception-training"
    )
    functions, *_ = source.partition("keras.utils.set_random_seed(0)")
    return functions


def main() -> None:
    """Print a line for each seed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=10, metavar="N", help="seeds 0 … N - 1")
    seeds = parser.parse_args().seeds
    # With a threshold that cannot be met, the cell's message always states the accuracy.
    source, changed = re.subn(r"accuracy < 0\.9:", "accuracy < 2:", graded_cell())
    assert changed == 1
    namespace = {"keras": keras, "layers": layers}
    exec("import numpy as np", namespace)
    exec(source, namespace)
    for seed in range(seeds):
        start = time.perf_counter()
        keras.utils.set_random_seed(seed)
        message = namespace["learns"](models.mini_xception((32, 32, 3), sizes=(32, 16)))  # type: ignore[operator]
        accuracy = float(message.rpartition(" ")[2])
        print(f"seed {seed}: accuracy {accuracy:.2f}, {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
