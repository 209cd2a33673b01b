"""How much faster is a warm kernel? Start, one import of Keras and stop, against a cold kernel.

    python benchmarks/kernels.py [--count 5] [--walls]

Both run the same notebook through nbclient and stop at once; cold and warm alternate, after one run
of each that does not count. With `--walls` the warm kernel is behind walls, the cold one is not.
"""

import argparse
import statistics
import tempfile
import time

from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from cvbook.kernels import pool as warm
from cvbook.kernels import sandbox


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=5)
    parser.add_argument("--walls", action="store_true", help="put the warm kernel behind walls")
    options = parser.parse_args()
    limits = sandbox.Limits() if options.walls else None

    def notebook():
        return new_notebook(cells=[new_code_cell("import keras\nkeras.ops.ones(3).shape")])

    cold, warmed = [], []
    start = time.perf_counter()
    with warm.Pool(limits=limits) as pool, tempfile.TemporaryDirectory() as folder:
        print(f"fork server: ready after {time.perf_counter() - start:.1f} s, once")
        for _ in range(options.count + 1):
            start = time.perf_counter()
            client = NotebookClient(
                notebook(), kernel_name="cvbook", shutdown_kernel="immediate", timeout=120
            )
            client.execute(cwd=folder)
            cold.append(time.perf_counter() - start)
            start = time.perf_counter()
            pool.execute(notebook(), folder=folder, allow_errors=False)
            warmed.append(time.perf_counter() - start)
    slow, fast = statistics.median(cold[1:]), statistics.median(warmed[1:])
    print(
        f"start, import keras, stop: cold {slow:.2f} s, warm {fast:.2f} s, ratio {slow / fast:.1f}"
    )


if __name__ == "__main__":
    main()
