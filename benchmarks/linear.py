"""Measure how time per submission and the driver's memory grow with the size of a class.

Classes of 20, 60 and 200 by default. The baseline is the time of each further submission from the
smallest class to the middle one; neither should grow.

  python benchmarks/linear.py [--counts 20 60 200]
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grade import NAME, environment, make_class

#: Runs `cvbook grade`, then prints the peak memory of its own process in kilobytes.
DRIVER = (
    "import resource, sys; from cvbook.cli import main; code = main(sys.argv[1:]);"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
)


def graded(count: int, folder: Path) -> tuple[float, float]:
    """Grade a class; return seconds and the driver's peak memory in MB."""
    root = make_class(folder, count)
    command = [sys.executable, "-c", DRIVER, "grade", NAME, "--workers", "2"]
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=root, env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return time.perf_counter() - start, int(done.stdout.split()[-1]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--counts", type=int, nargs=3, default=[20, 60, 200])
    counts = parser.parse_args().counts
    seconds: dict[int, float] = {}
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            seconds[count], memory = graded(count, Path(folder))
        print(
            f"{count:4d} submissions: {seconds[count]:6.1f} s, driver {memory:4.0f} MB", flush=True
        )
    small, middle, large = counts
    early = (seconds[middle] - seconds[small]) / (middle - small)
    late = (seconds[large] - seconds[middle]) / (large - middle)
    print(
        f"each further submission: {early:.2f} s up to {middle}, {late:.2f} s up to {large}, "
        f"ratio {late / early:.2f}"
    )


if __name__ == "__main__":
    main()
