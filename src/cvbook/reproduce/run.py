"""Execute notebooks in parallel and store them, each only if its inputs changed."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from tqdm import tqdm

from cvbook._files import write_atomic
from cvbook.kernels.pool import Pool
from cvbook.reproduce.frontend import refresh_frontend
from cvbook.reproduce.inputs import cache_key
from cvbook.reproduce.lint import lint_notebook
from cvbook.reproduce.normalize import normalize_notebook
from cvbook.reproduce.notebooks import code_cells, read

#: Cache keys of the notebooks as they were last stored, by path.
CACHE = Path(".cache/run.json")
CELL_TIMEOUT = 900  # seconds


@dataclass
class Outcome:
    """Result of a run: notebooks stored, skipped as unchanged, and failed with a message."""

    stored: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    failed: dict[Path, str] = field(default_factory=dict)


@contextlib.contextmanager
def training_environment() -> Iterator[None]:
    """Set environment variables that make trainings reproducible; kernels inherit them.

    They disable progress bars in outputs and the resuming of interrupted trainings.

    Yields
    ------
    None
    """
    with tempfile.TemporaryDirectory(prefix="cvbook-training-") as folder:
        variables = {"CVBOOK_QUIET": "1", "CVBOOK_TRAINING": folder}
        before = {name: os.environ.get(name) for name in variables}
        os.environ.update(variables)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def run_notebooks(paths: Iterable[Path], force: bool = False, jobs: int = 2) -> Outcome:
    """Execute notebooks and store those that ran to their end.

    Parameters
    ----------
    paths : iterable of Path
        Notebooks; each runs in its own folder, in the kernel `cvbook`.
    force : bool
        Execute unchanged notebooks too.
    jobs : int
        Notebooks executed at once, each in its own kernel process.

    Returns
    -------
    Outcome
        A failed notebook keeps its old file.

    Raises
    ------
    CvbookError
        If a file is not a notebook.
    KeyboardInterrupt
        On Ctrl-C, after the kernels were killed; notebooks stored so far are kept.
    """
    outcome = Outcome()
    todo = _changed_notebooks(paths, force, outcome)
    with (
        training_environment(),
        # For a single notebook, a fork server saves nothing: it imports TensorFlow once, too.
        Pool() if len(todo) > 1 else contextlib.nullcontext() as kernels,
        tqdm(total=sum(map(len, map(code_cells, todo.values()))), unit="cell", disable=None) as bar,
        ThreadPoolExecutor(max_workers=max(1, jobs)) as executor,
    ):
        executions = [_Execution(path, book, bar, kernels) for path, book in todo.items()]
        futures = {executor.submit(execution.run): execution.path for execution in executions}
        try:
            for future in as_completed(futures):
                _finish(futures[future], future, outcome, bar)
        except KeyboardInterrupt:
            executor.shutdown(wait=False, cancel_futures=True)
            for execution in executions:
                execution.stop()
            raise
    return outcome


def _changed_notebooks(
    paths: Iterable[Path], force: bool, outcome: Outcome
) -> dict[Path, NotebookNode]:
    cache = _read_cache()
    changed = {}
    for path in paths:
        notebook = read(path)
        if force or cache.get(path.as_posix()) != cache_key(notebook, path.parent):
            changed[path] = notebook
        elif refresh_frontend(notebook):
            write_atomic(path, nbformat.writes(notebook) + "\n")
            outcome.stored.append(path)
            tqdm.write(f"stored  {path}, only the front end of its widgets", file=sys.stderr)
        else:
            outcome.unchanged.append(path)
    return changed


def _finish(path: Path, future: Future[NotebookNode], outcome: Outcome, bar: "tqdm[Any]") -> None:
    """Store an executed notebook and its cache key, or record why it failed."""
    try:
        notebook = future.result()
    except _ExecutionError as error:
        outcome.failed[path] = str(error)
        bar.write(f"failed  {path}", file=sys.stderr)
        return
    nbformat.validate(notebook)
    write_atomic(path, nbformat.writes(notebook) + "\n")
    cache = _read_cache()  # read again: another process may have written meanwhile
    cache[path.as_posix()] = cache_key(read(path), path.parent)
    write_atomic(CACHE, json.dumps(cache, indent=1, sort_keys=True))
    outcome.stored.append(path)
    bar.write(f"stored  {path}", file=sys.stderr)
    for violation in lint_notebook(notebook):
        bar.write(f"        {violation}", file=sys.stderr)


def _read_cache() -> dict[str, str]:
    cache: dict[str, str] = json.loads(CACHE.read_text("utf-8")) if CACHE.is_file() else {}
    return cache


class _ExecutionError(Exception):
    """A notebook did not run to its end; the message names the cell."""


class _Execution:
    """Execution of one notebook in a thread, which another thread can stop."""

    def __init__(self, path: Path, notebook: NotebookNode, bar: "tqdm[Any]", kernels: Pool | None):
        self.path, self.notebook, self.bar, self.kernels = path, notebook, bar, kernels
        self.client: Any = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.current = "the kernel's start"

    def run(self) -> NotebookNode:
        """Execute and normalize the notebook."""
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
        from nbconvert.filters import strip_ansi

        self.notebook.metadata.pop("widgets", None)
        self.client = NotebookClient(
            self.notebook,
            km=self.kernels.manager() if self.kernels else None,
            timeout=CELL_TIMEOUT,
            kernel_name="cvbook",
            store_widget_state=True,
            record_timing=False,
            resources={"metadata": {"path": str(self.path.resolve().parent)}},
            on_notebook_start=self._on_notebook_start,
            on_cell_execute=self._on_cell_execute,
            on_cell_complete=lambda **_: self.bar.update(),
        )
        try:
            # What a kernel writes to stderr at its start belongs to no cell.
            self.client.execute(cleanup_kc=True, stderr=subprocess.DEVNULL)
        except CellExecutionError as error:
            message = f"{error.ename}: {strip_ansi(str(error.evalue))}"
            raise _ExecutionError(f"cell `{self.current}`: {message}") from error
        except (CellTimeoutError, DeadKernelError) as error:
            message = str(error).partition("\n")[0]
            raise _ExecutionError(f"cell `{self.current}`: {message}") from error
        return normalize_notebook(self.notebook)

    async def _on_notebook_start(self, **_: Any) -> None:
        self.loop = asyncio.get_running_loop()

    def _on_cell_execute(self, cell: NotebookNode, **_: Any) -> None:
        self.current = cell.id

    def stop(self) -> None:
        """Kill the kernel, which ends the execution and its thread."""
        if self.loop is not None and self.loop.is_running():
            asyncio.run_coroutine_threadsafe(self.client.km.shutdown_kernel(now=True), self.loop)
