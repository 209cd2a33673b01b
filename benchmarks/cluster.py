"""Grade a large class of small notebooks on a Dask cluster whose workers are killed.

Eight worker processes, each in a folder of its own; every minute one is killed (SIGKILL) and
another started. Then the same class is graded by one `cvbook grade` on this machine: the gradebooks
have to be equal, and the seconds of each tenth of the class show whether the cost is linear.

  python benchmarks/cluster.py                          3,000 submissions; about 40 minutes
  python benchmarks/cluster.py --count 200 --every 10
"""

import argparse
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/grading"))

import course  # noqa: E402


class Cluster:
    """A scheduler and workers as processes of their own."""

    def __init__(self, folder: Path, workers: int):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.folder, self.started, self.killed = folder, 0, 0
        self.scheduler = self._start("dask_scheduler", "--host", self.address)
        self.workers = [self._worker() for _ in range(workers)]

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        own = self.folder / f"place{self.started}"
        own.mkdir()
        self.started += 1
        line = [sys.executable, "-m", f"distributed.cli.{program}", *arguments, "--no-dashboard"]
        with (own / "log").open("wb") as log:
            return subprocess.Popen(line, cwd=own, stdout=log, stderr=log)

    def _worker(self) -> subprocess.Popen[bytes]:
        return self._start("dask_worker", self.address, "--nthreads", "1", "--no-nanny")

    def replace(self) -> None:
        """Kill the worker that has run longest, and start another."""
        oldest = self.workers.pop(0)
        oldest.kill()
        oldest.wait()
        self.killed += 1
        self.workers.append(self._worker())

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@contextlib.contextmanager
def cluster(workers: int) -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory() as folder:
        running = Cluster(Path(folder), workers)
        try:
            yield running
        finally:
            running.close()


def graded(
    root: Path, count: int, *more: str, cluster: Cluster | None, every: float
) -> list[float]:
    """Grade the class; return the seconds after which each record was there, sorted."""
    grading = subprocess.Popen(course.command(root, *more), stdout=subprocess.DEVNULL)
    records = root / ".cvbook" / "grades" / "basics"
    start, next_kill = time.time(), every
    with tqdm(total=count, unit="submission") as bar:
        while grading.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                grading.wait(timeout=2)
            bar.update(len(list(records.glob("*.json"))) - bar.n)
            if cluster is not None and time.time() - start > next_kill:
                cluster.replace()
                next_kill += every
    if grading.returncode:
        sys.exit(f"cvbook grade ended with {grading.returncode}")
    return sorted(os.stat(file).st_mtime - start for file in records.glob("*.json"))


def report(name: str, done: list[float], count: int) -> None:
    if len(done) != count:
        sys.exit(f"{name}: {len(done)} of {count} submissions have a record")
    tenths = np.diff(np.percentile(done, range(0, 101, 10)))
    print(f"{name}: {done[-1]:.0f} s, {done[-1] / count:.3f} s a submission")
    print(f"  seconds of each tenth: {' '.join(f'{seconds:.0f}' for seconds in tenths)}")
    print(f"  last five tenths to the first five: {tenths[5:].sum() / tenths[:5].sum():.2f}")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--every", type=float, default=60, help="seconds between two kills")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        one = course.make_class(Path(folder, "cluster"), options.count)
        other = shutil.copytree(one, Path(folder, "single"))
        with cluster(options.workers) as running:
            done = graded(
                one, options.count, "--scheduler", running.address,
                cluster=running, every=options.every,
            )  # fmt: skip
            report(f"{options.workers} workers, {running.killed} killed", done, options.count)
        done = graded(other, options.count, cluster=None, every=0)
        report("single run", done, options.count)
        ours, theirs = (course.scores(course.sqlite(root)) for root in (one, other))
    if ours != theirs or len(ours) != 5 * options.count:
        sys.exit(f"DIFFERENT gradebooks: {len(ours)} and {len(theirs)} grades")
    print(f"the same gradebook: {len(ours)} grades")


if __name__ == "__main__":
    main()
