"""Connection to the Dask cluster that executes submissions: a local one or a running one."""

import contextlib
import logging
import sys
from collections.abc import Iterator

import dask
from distributed import Client, LocalCluster

from cvbook.errors import CvbookError

#: Cores per worker process. Its kernels share one fork server, which takes 5 s to start and 0.7 GB
#: of memory with TensorFlow.
CORES_PER_PROCESS = 4


@contextlib.contextmanager
def connect(scheduler: str | None, cores: int, submissions: int) -> Iterator[Client]:
    """Connect to a scheduler, or start workers on this machine.

    Parameters
    ----------
    scheduler : str or None
        Address of a running scheduler; None for local workers.
    cores : int
        Of this machine, to use for local workers.
    submissions : int
        How many there are: no more kernels are started.

    Yields
    ------
    distributed.Client

    Raises
    ------
    CvbookError
        If the scheduler does not answer.
    """
    # Dask's log of messages would keep a thousand notebooks in memory.
    quiet = {
        "distributed.admin.tick.limit": "1h",
        "distributed.admin.low-level-log-length": 10,
        "distributed.admin.large-graph-warning-threshold": "1GB",  # files beside the notebooks
        "distributed.worker.profile.enabled": False,  # nobody looks at it: 100 stacks a second
    }
    dask.config.set(quiet)
    for logger in ("distributed", "distributed.client"):  # errors are reported by us
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
            security=True,  # else any local user could run code as us
            dashboard_address="127.0.0.1:0",  # None would open port 8787 to the network
            memory_limit=0,
            silence_logs=50,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client
