"""Time a class with an endless loop, a memory hog and a fork bomb against the class without them.

The limit: at most 1.5 times the time of the good ones alone, plus one cell timeout.

  python benchmarks/hostile.py [--count 20] [--timeout 20]
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from grade import BIN, NAME, make_class, scores, timed

BAD = {
    "endless_loop": "while True:\n    pass",
    "memory_hog": "blocks = []\nwhile True:\n    blocks.append(bytearray(100_000_000))",
    "fork_bomb": "import os\n\nwhile True:\n    os.fork()",
}


def add_bad(root: Path) -> None:
    """Add copies of the first student's submission, each with a hostile first answer."""
    for name, code in BAD.items():
        folder = root / "submitted" / f"s000_{name}" / NAME
        shutil.copytree(root / "submitted" / "s000" / NAME, folder)
        path = folder / f"{NAME}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        marks = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
        first = next(i for i, m in enumerate(marks) if m.get("solution") and not m.get("grade"))
        notebook.cells[first].source = code
        nbformat.write(notebook, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--timeout", type=int, default=20, help="seconds for a cell")
    options = parser.parse_args()
    command = [str(BIN / "cvbook"), "grade", NAME, "--workers", "2"]
    command += ["--timeout", str(options.timeout), "--memory", "2G"]
    with tempfile.TemporaryDirectory() as folder:
        good = make_class(Path(folder, "good"), options.count)
        mixed = make_class(Path(folder, "mixed"), options.count)
        add_bad(mixed)
        alone = timed(command, good)
        together = timed(command, mixed, allowed=(0, 3))
        expected, found = scores(good), scores(mixed)
    if any(found[key] != score for key, score in expected.items()):
        sys.exit("the bad submissions changed the scores of the good ones")
    limit = 1.5 * alone + options.timeout
    print(
        f"{options.count} good submissions {alone:.1f} s, with three bad ones {together:.1f} s, "
        f"limit {limit:.1f} s, same scores: {'met' if together <= limit else 'MISSED'}"
    )


if __name__ == "__main__":
    main()
