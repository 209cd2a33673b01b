"""Time `cvbook grade --workers 2` against plain `nbgrader autograde` on the same submissions.

Both grade the same submissions of one assignment, right and wrong, 07_separable_conv unless another
is named; plain nbgrader has compiled bytecode. Ratios of the whole runs, start-up included, and of
what each further submission costs (the large class against the small one): to nbgrader, and to the
limit. The limit is the notebooks' own cells in forks of a process that has imported everything, two
at a time, without Jupyter, sandbox, checks of integrity or gradebook.

  python benchmarks/grade.py                      60 against 20 submissions; about 10 minutes
  python benchmarks/grade.py --count 100          the same scores for a class of 100
  python benchmarks/grade.py --count 12 --small 4
  python benchmarks/grade.py --assignment 05_residual --without-nbgrader
"""

import argparse
import compileall
import contextlib
import importlib
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

ROOT = Path(__file__).resolve().parents[1]
NAME = "07_separable_conv"
#: What the notebooks import.
IMPORTED = ("keras", "tensorflow", "numpy.testing", "matplotlib.pyplot", "cvbook.checks.bank")
BIN = Path(sys.executable).parent


def make_class(root: Path, count: int, name: str = NAME) -> Path:
    """Write a course folder whose students answer rightly, wrongly or not at all, each in turn."""
    shutil.copytree(ROOT / "solutions" / name, root / "solutions" / name)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    bank = ROOT / "tests" / "exercises" / name
    for number in range(count):
        notebook = nbformat.read(ROOT / "exercises" / name / f"{name}.ipynb", as_version=4)
        for index, cell in enumerate(notebook.cells):
            function = re.match(r"def (\w+)\(", cell.source)
            if cell.metadata.get("nbgrader", {}).get("solution") and function:
                kind = ("right", "right", "wrong", "")[(number + index) % 4]
                choices = sorted((bank / kind).glob(f"{function[1]}__*.py")) if kind else []
                if choices:
                    cell.source = choices[number % len(choices)].read_text("utf-8")
        folder = root / "submitted" / f"s{number:03d}" / name
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return root


def timed(command: list[str], folder: Path, allowed: tuple[int, ...] = (0,)) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode not in allowed:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return time.perf_counter() - start


def environment() -> dict[str, str]:
    """Environment with `BIN` on PATH, and with bytecode caching on."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def scores(folder: Path, name: str = NAME) -> dict[tuple[str, str], float | None]:
    """Read the automatic score of each graded cell of each student."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "cvbook") as gradebook:
        return {
            (submission.student.id, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions(name)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def execute(path: Path) -> float:
    """Execute a notebook's cells in this process and return the seconds."""
    from IPython.core.interactiveshell import InteractiveShell

    start = time.perf_counter()
    os.chdir(path.parent)
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        shell = InteractiveShell.instance()
        shell.showtraceback = lambda *_, **__: None  # a kernel formats it, which is its own cost
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                shell.run_cell(cell.source)
    return time.perf_counter() - start


def limit(root: Path, name: str) -> float:
    """Seconds per notebook, two at a time, in forks of this process."""
    for module in IMPORTED:
        importlib.import_module(module)
    paths = sorted(root.glob(f"autograded/*/{name}/{name}.ipynb"))
    start = time.perf_counter()
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        pool.map(execute, paths, chunksize=1)
    return (time.perf_counter() - start) / len(paths)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--assignment", default=NAME)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--small", type=int, default=20)
    parser.add_argument("--without-nbgrader", action="store_true", help="only cvbook and the limit")
    counts = parser.parse_args()
    name = counts.assignment
    compileall.compile_dir(sysconfig.get_path("purelib"), quiet=2, workers=2)
    plain: dict[int, float] = {}
    ours: dict[int, float] = {}
    for count in (counts.small, counts.count):
        with tempfile.TemporaryDirectory() as folder:
            one = make_class(Path(folder, "plain"), count, name)
            other = make_class(Path(folder, "ours"), count, name)
            plain[count] = float("nan")
            if not counts.without_nbgrader:
                timed([str(BIN / "nbgrader"), "generate_assignment", name], one)
                plain[count] = timed([str(BIN / "nbgrader"), "autograde", name], one)
            ours[count] = timed(
                [str(BIN / "cvbook"), "grade", name, "--workers", "2"], other, (0, 3)
            )
            if count == counts.count:
                least = limit(other, name)
            alike = counts.without_nbgrader or scores(one, name) == scores(other, name)
            same = "same" if alike else "DIFFERENT"
            print(
                f"{count:4d} submissions: nbgrader {plain[count]:6.1f} s, cvbook "
                f"{ours[count]:6.1f} s, whole-run ratio {plain[count] / ours[count]:.1f}, "
                f"{same} scores",
                flush=True,
            )
    more = counts.count - counts.small
    each = [(times[counts.count] - times[counts.small]) / more for times in (plain, ours)]
    print(
        f"each further submission: nbgrader {each[0]:.2f} s, cvbook {each[1]:.2f} s, "
        f"marginal ratio {each[0] / each[1]:.1f}; limit {least:.2f} s, "
        f"cvbook {each[1] / least:.2f} times that"
    )


if __name__ == "__main__":
    main()
