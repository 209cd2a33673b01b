"""Compare `cvbook check` and `cvbook grade` on every answer of the banks, cell by cell.

    python benchmarks/verdicts.py                    all assignments but the project
    python benchmarks/verdicts.py 09_improving --limit 5

Many answers stand in one notebook, one to a function, and half of them write on stderr. A line of
each assignment counts the answers and cells; lines of cells whose points differ follow.
`--limit` leaves it at so many notebooks, and `--seed` draws others.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/exercises"))

import submissions
import verdicts

from cvbook.kernels.pool import Pool


def main() -> int:
    """Print what was compared; the exit status is 1 if anything differs."""
    names = [name for name in submissions.names() if name != "10_shared_backbone"]
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignments", nargs="*", default=names)
    parser.add_argument("--limit", type=int, metavar="N")
    parser.add_argument("--seed", default="")
    args = parser.parse_args()
    different = 0
    for assignment in args.assignments:
        start = time.perf_counter()
        chosen = verdicts.every_answer(assignment, args.seed)[: args.limit]
        notebooks = {f"notebook-{index}": one for index, one in enumerate(chosen)}
        with tempfile.TemporaryDirectory() as folder, Pool() as pool:
            os.environ |= pool.environment  # warm kernels: they start in a tenth of the time
            count, found = verdicts.differences(Path(folder) / "course", assignment, notebooks)
        different += len(found)
        answers = sum(map(len, chosen))
        print(
            f"{assignment}: {answers} answers in {len(notebooks)} notebooks, {count} cells, "
            f"{len(found)} differ ({time.perf_counter() - start:.0f} s)",
            *found, sep="\n  ", flush=True,
        )  # fmt: skip
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main())
