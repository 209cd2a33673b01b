"""Execute the chapters that load the data set on one as large as the whole Oxford-IIIT Pet.

  python tools/whole_data_set.py                         every such chapter, on 7,390 drawn records
  python tools/whole_data_set.py 02_segmentation         one chapter
  python tools/whole_data_set.py --data FOLDER           on photographs
  python tools/whole_data_set.py --steps 2               train on two batches an epoch

The chapters are executed in a copy of the book, which stays in _build/whole-data-set: look at their
figures there. Exit code: 0 if all ran to their end, 1 otherwise. Training on so many records takes
long: about half an hour a chapter on one core. With --steps every cell still runs, on models that
have learned little, in minutes.
"""

import argparse
import json
import os
import shutil
import string
import subprocess
import sys
from pathlib import Path

import nbformat

from cvbook.datasets import drawn

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "_build" / "whole-data-set"
#: Pictures, breeds of cats and of dogs in Oxford-IIIT Pet.
COUNT, CATS, DOGS = 7390, 12, 25
#: First cell of a copy that trains on few batches.
FEW_STEPS = """\
import functools
import keras

def _few_steps(fit):
    @functools.wraps(fit)
    def fit_few_steps(*args, **kwargs):
        return fit(*args, **(kwargs | dict(steps_per_epoch={steps})))
    return fit_few_steps

keras.Model.fit = _few_steps(keras.Model.fit)
"""


def write(folder: Path, count: int = COUNT, different: int = 148) -> Path:
    """Write records of drawn pets, of which many share a picture, with the gaps of the real ones.

    37 breeds; every other picture has a box of the head and is in `trainval.txt`; a few are not
    in `list.txt`. Files are hard links.

    Parameters
    ----------
    folder : Path
        Folder to make.
    count : int
        Number of records.
    different : int
        Number of pictures that are drawn.

    Returns
    -------
    Path
        The data set, in `folder`.
    """
    source, root = folder / "drawn", folder / "records"
    drawn.write(source, different)
    for name in ("images", "annotations/trimaps", "annotations/xmls"):
        (root / name).mkdir(parents=True)
    breeds = [f"Cat_breed_{letter}" for letter in string.ascii_lowercase[:CATS]]
    breeds += [f"dog_breed_{letter}" for letter in string.ascii_lowercase[:DOGS]]
    pictures = {True: sorted((source / "images").glob("[A-Z]*"))}
    pictures[False] = sorted((source / "images").glob("[a-z]*"))
    lists: dict[str, list[str]] = {"list.txt": [], "trainval.txt": [], "test.txt": []}
    for index in range(count):
        number, breed = divmod(index, len(breeds))
        is_cat = breed < CATS
        picture = pictures[is_cat][index % len(pictures[is_cat])]
        name = f"{breeds[breed]}_{number + 1}"
        os.link(picture, root / f"images/{name}.jpg")
        _link(source, root, f"trimaps/{picture.stem}.png", f"trimaps/{name}.png")
        if number % 2 == 0:
            _link(source, root, f"xmls/{picture.stem}.xml", f"xmls/{name}.xml")
        line = (
            f"{name} {breed + 1} {1 if is_cat else 2} {breed + 1 if is_cat else breed - CATS + 1}"
        )
        if index % 180:
            lists["list.txt"].append(line)
            lists["test.txt" if number % 2 else "trainval.txt"].append(line)
    for name, lines in lists.items():
        (root / "annotations" / name).write_text("".join(f"{line}\n" for line in sorted(lines)))
    return root


def _link(source: Path, root: Path, old: str, new: str) -> None:
    os.link(source / "annotations" / old, root / "annotations" / new)


def chapters(book: Path = ROOT / "book") -> list[Path]:
    """Notebooks of the chapters that load the data set in use.

    Parameters
    ----------
    book : Path
        Folder of the chapters.

    Returns
    -------
    list of Path
    """

    def loads(path: Path) -> bool:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        return any("datasets.load(" in source for source in code)

    return [path for path in sorted(book.glob("*.ipynb")) if loads(path)]


def train_on_few_batches(path: Path, steps: int) -> None:
    """Put a cell at the top of a notebook that limits every `fit` of a Keras model.

    Parameters
    ----------
    path : Path
        Notebook, changed in place.
    steps : int
        Batches an epoch.
    """
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(FEW_STEPS.format(steps=steps)))
    nbformat.write(notebook, path)


def main(arguments: list[str]) -> int:
    """Execute the chapters in a copy.

    Parameters
    ----------
    arguments : list of str
        Of the command line.

    Returns
    -------
    int
        Exit code.
    """
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stem", nargs="*", help="chapters; default: all that load the data set")
    parser.add_argument("--data", type=Path, help="a folder in the Oxford-IIIT Pet layout")
    parser.add_argument("--steps", type=int, help="batches an epoch; default: all")
    parser.add_argument("--jobs", default="2", help="chapters executed at once (default 2)")
    args = parser.parse_args(arguments)
    shutil.rmtree(FOLDER / "book", ignore_errors=True)
    shutil.copytree(ROOT / "book", FOLDER / "book")
    data = args.data or FOLDER / "records"
    if not data.is_dir():
        write(FOLDER)
    stems = args.stem or [path.stem for path in chapters()]
    if args.steps:
        for stem in stems:
            train_on_few_batches(FOLDER / f"book/{stem}.ipynb", args.steps)
    command = [sys.executable, "-m", "cvbook.cli", "run", "--force", "--jobs", args.jobs]
    return subprocess.run(
        [*command, *(f"book/{stem}.ipynb" for stem in stems)],
        cwd=FOLDER,
        env={**os.environ, "CVBOOK_DATA": str(data.resolve())},
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
