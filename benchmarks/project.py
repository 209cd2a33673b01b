"""Time grading a class in the project, assignment 10, as a ratio to what its budget allows.

Everybody may train for the same processor time. Students hand in the right and wrong answers of the
bank, twice as many right ones; the limit is students × budget ÷ workers.

  python benchmarks/project.py                 60 students on every core: about 10 minutes on two
  python benchmarks/project.py --count 4       try it
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/exercises"))

import nbgrader_course  # noqa: E402
import submissions  # noqa: E402

from cvbook.checks import project  # noqa: E402

NAME, FUNCTION = "10_shared_backbone", "build_and_train"


def make_class(folder: Path, count: int) -> Path:
    """Make a course in which so many students handed in."""
    course = nbgrader_course.make_course(folder)
    right, wrong = (
        itertools.cycle(path for path in submissions.bank(kind) if path.parts[-3] == NAME)
        for kind in ("right", "wrong")
    )
    released = submissions.ROOT / "exercises" / NAME / f"{NAME}.ipynb"
    for number in range(count):
        path = next(wrong if number % 3 == 2 else right)
        notebook = nbformat.read(released, as_version=4)
        next(cell for cell in notebook.cells if cell.id == FUNCTION).source = path.read_text()
        place = course / "submitted" / f"s{number:02}" / NAME
        place.mkdir(parents=True)
        nbformat.write(notebook, place / f"{NAME}.ipynb")
    return course


def main() -> None:
    """Grade the class and print the time, the limit and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        course = make_class(Path(folder, "course"), options.count)
        records = Path(folder, "records.json")
        command = [sys.executable, "-m", "cvbook.cli", "grade", NAME, "--course", course]
        command += ["--workers", str(options.workers), "--json", records]
        start = time.perf_counter()
        done = subprocess.run(command, env=os.environ | {"CVBOOK_PROJECT_SEED": "benchmark"})
        seconds = time.perf_counter() - start
        if done.returncode not in (0, 3):  # 3: a submission does not end
            sys.exit(f"cvbook grade ended with {done.returncode}")
        statuses = Counter(one["status"] for one in json.loads(records.read_text()))
    limit = options.count * project.SECONDS / options.workers
    print(f"{options.count} submissions, {options.workers} workers: {dict(statuses)}")
    print(f"{seconds:.0f} s, limit {limit:.0f} s, ratio {seconds / limit:.2f}")


if __name__ == "__main__":
    main()
