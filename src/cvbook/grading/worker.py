"""Tasks of a Dask worker: from a `Job` to an `ExecutionResult`, with pools of warm kernels."""

import asyncio
import atexit
import contextlib
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from cvbook.errors import CvbookError
from cvbook.grading.execution import Execution, KernelStartError
from cvbook.grading.integrity import guard
from cvbook.grading.jobs import ExecutionResult, Job
from cvbook.grading.verdicts import fail_tests
from cvbook.kernels import kernelspecs, sandbox
from cvbook.kernels.pool import PRELOAD, Pool

#: Several kernels share the cores, so threads within one cost more than they save; and with one
#: thread, numbers do not depend on the machine's cores.
ONE_CORE = {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}

_pools: dict[Any, Pool] = {}
_users: Counter[Any] = Counter()
_lock = threading.Lock()


@contextlib.contextmanager
def _pool(job: Job) -> Iterator[Pool | None]:
    """Share this process's pool of warm kernels, with the assignment's imports preloaded."""
    if not job.limits.sandbox:
        yield None
        return
    key = (job.limits, job.preload, job.kernel)
    with _lock:
        for old in [old for old in _pools if old != key and not _users[old]]:
            _pools.pop(old).close()
        if key not in _pools:
            command = kernelspecs.find(job.kernel, job.name)
            heavy = {"tensorflow", "keras"} & {name.partition(".")[0] for name in job.preload}
            _pools[key] = Pool(
                sandbox.Limits(
                    cpu_seconds=int(job.limits.notebook_seconds),
                    memory=job.limits.memory_bytes,
                    processes=job.limits.processes,
                    disk=job.limits.disk_bytes,
                ),
                environment=ONE_CORE,
                preload=[*(PRELOAD if heavy else ()), *guard.ALWAYS, *job.preload],
                command=command,
            )
            atexit.register(_pools[key].close)
        _users[key] += 1
    try:
        yield _pools[key]
    finally:
        with _lock:
            _users[key] -= 1


def run_jobs(jobs: list[Job]) -> list[ExecutionResult]:
    """Execute the notebooks of one submission: the Dask task.

    Parameters
    ----------
    jobs : list of Job

    Returns
    -------
    list of ExecutionResult
    """
    return [run_job(job) for job in jobs]


def run_job(job: Job) -> ExecutionResult:
    """Execute a notebook; errors of its code are part of the result, never raised.

    Parameters
    ----------
    job : Job

    Returns
    -------
    ExecutionResult

    Raises
    ------
    SandboxError
        If the sandbox cannot be built here; nothing was executed then.
    CvbookError
        If no kernel starts here, not even without what the student handed in.
    """
    start = time.monotonic()
    for _ in range(2):  # a machine short of memory may fail once
        try:
            result = _execute(job)
            break
        except KernelStartError as error:
            reason = str(error)
    else:
        given = frozenset(job.files) - job.submitted_files
        empty = nbformat.writes(new_notebook()).encode()
        bare = {name: job.files[name] for name in given}
        try:
            _execute(replace(job, notebook=empty, files=bare, submitted_files=frozenset()))
        except KernelStartError:
            kernel = job.kernel or "python3"
            raise CvbookError(
                f"the kernel does not start – {kernel} for {job.name} – no grade was changed; "
                f"`cvbook doctor` tells more ({reason})"
            ) from None
        stopped = "낸 파일 때문에 커널이 시작되지 않음"
        notebook = nbformat.reads(job.notebook.decode(), as_version=4)
        fail_tests(notebook, stopped)
        result = ExecutionResult(_written(notebook), stopped=stopped)
    result.seconds = time.monotonic() - start
    return result


def _execute(job: Job) -> ExecutionResult:
    notebook = nbformat.reads(job.notebook.decode(), as_version=4)
    with (
        _pool(job) as pool,
        tempfile.TemporaryDirectory(  # in a place that is removed even if this process is killed
            prefix="cvbook-grade-", dir=pool.folder if pool else None, ignore_cleanup_errors=True
        ) as folder,
    ):
        execution = Execution(notebook, job, pool)
        asyncio.run(execution.run(Path(folder)))
    execution.result.notebook = _written(notebook)
    return execution.result


def _written(notebook: NotebookNode) -> bytes:
    text: str = nbformat.writes(notebook)
    return text.encode("utf-8", "replace")
