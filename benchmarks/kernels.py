"""Time a warm kernel against a cold one: start, one import of Keras, stop.

    python benchmarks/kernels.py [--count 5] [--sandbox]

Both run the same notebook through nbclient and stop at once; cold and warm alternate, after one run
of each that does not count. With `--sandbox` the warm kernel is sandboxed, the cold one is not.
"""

import argparse
import statistics
import tempfile
import time

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from cvbook.kernels.pool import Pool
from cvbook.kernels.sandbox import Limits


def seconds(manager: AsyncKernelManager, folder: str) -> float:
    """Execute the notebook in a kernel of `manager`."""
    notebook = new_notebook(cells=[new_code_cell("import keras\nkeras.ops.ones(3).shape")])
    client = NotebookClient(notebook, km=manager, shutdown_kernel="immediate", timeout=120)
    start = time.perf_counter()
    client.execute(cleanup_kc=True, cwd=folder)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=5)
    parser.add_argument("--sandbox", action="store_true", help="sandbox the warm kernel")
    options = parser.parse_args()
    limits = Limits() if options.sandbox else None
    cold, warm = [], []
    start = time.perf_counter()
    with Pool(limits=limits) as pool, tempfile.TemporaryDirectory() as folder:
        print(f"fork server: ready after {time.perf_counter() - start:.1f} s, once")
        for _ in range(options.count + 1):
            cold.append(seconds(AsyncKernelManager(kernel_name="cvbook"), folder))
            warm.append(seconds(pool.manager(), folder))
    slow, fast = statistics.median(cold[1:]), statistics.median(warm[1:])
    print(
        f"start, import keras, stop: cold {slow:.2f} s, warm {fast:.2f} s, ratio {slow / fast:.1f}"
    )


if __name__ == "__main__":
    main()
