"""The Dask cluster that executes submissions: one of our own, or one that is running."""

import contextlib
import logging
import sys
from collections.abc import Iterator

import dask
from distributed import Client, LocalCluster

from cvbook.errors import CvbookError

#: Cores whose kernels one worker process looks after: it has one fork server for all of them, which
#: takes 5 s and half a gigabyte.
CORES_PER_PROCESS = 4


@contextlib.contextmanager
def connect(scheduler: str | None, cores: int, submissions: int) -> Iterator[Client]:
    """Connect to a scheduler, or start workers on this machine.

    Parameters
    ----------
    scheduler : str or None
        Address of a running scheduler; None for workers of our own.
    cores : int
        To keep busy here.
    submissions : int
        No more kernels than these are of use.

    Yields
    ------
    distributed.Client

    Raises
    ------
    CvbookError
        If the scheduler does not answer.
    """
    # The log of messages would keep a thousand notebooks.
    quiet = {"distributed.admin.tick.limit": "1h", "distributed.admin.low-level-log-length": 10}
    dask.config.set(quiet)
    for logger in ("distributed", "distributed.client"):  # we say ourselves what is wrong
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    if scheduler:
        try:
            client = Client(scheduler, timeout=20)
        except (OSError, ValueError) as error:
            raise CvbookError(
                f"no answer – {scheduler} – is the scheduler running there? ({error})"
            ) from error
        with client:
            if not client.nthreads():
                print(f"no workers at {scheduler} yet: waiting for them", file=sys.stderr)
                client.wait_for_workers(1)
            yield client
        return
    # Kernels wait for messages a third of their time: three of them keep two cores busy.
    kernels = min(cores + (cores + 1) // 2, submissions)
    processes = -(-min(cores, submissions) // CORES_PER_PROCESS)
    with (
        LocalCluster(
            n_workers=processes,
            threads_per_worker=-(-kernels // processes),
            security=True,  # else who is logged in here could let the workers run code as us
            dashboard_address="127.0.0.1:0",  # None would take port 8787, for everybody to see
            memory_limit=0,
            silence_logs=50,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client
