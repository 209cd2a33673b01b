"""Execute notebooks in parallel and store them, each only if its inputs changed."""

import ast
import asyncio
import contextlib
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from tqdm import tqdm

from cvbook.errors import CvbookError
from cvbook.kernels import pool as warm
from cvbook.reproduce import lint, normalize

#: Where notebooks live, below the working folder.
PATTERNS = ("book/*.ipynb", "solutions/*/*.ipynb")
RECORD = Path(".cache/run.json")
CELL_TIMEOUT = 900  # seconds

#: Libraries whose version decides outputs.
LIBRARIES = ("ipywidgets", "keras", "matplotlib", "numpy", "scikit-learn", "scipy", "tensorflow")

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Outcome:
    """What became of each notebook."""

    stored: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    failed: dict[Path, str] = field(default_factory=dict)


class _Failure(Exception):
    """A notebook did not run to its end; the message names the cell."""


def find_notebooks(names: Sequence[str] = ()) -> list[Path]:
    """Find the notebooks that are meant.

    Parameters
    ----------
    names : sequence of str
        Paths of notebooks, or stems such as `03_transposed_conv`; none means all.

    Returns
    -------
    list of Path
        Chapters first, then solutions.

    Raises
    ------
    CvbookError
        For a name that is neither.
    """
    everything = sorted(path for pattern in PATTERNS for path in Path().glob(pattern))
    if not names:
        if not everything:
            where = " or ".join(PATTERNS)
            raise CvbookError(f"no notebooks ({where}) – {Path.cwd()} – go to the book's folder")
        return everything
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        matches = [path] if path.is_file() else [p for p in everything if p.stem == path.stem]
        if not matches:
            raise CvbookError(f"no such notebook – {name} – give a path or a chapter's stem")
        found.update(dict.fromkeys(matches))
    return list(found)


def run(paths: Iterable[Path], force: bool = False, jobs: int = 2) -> Outcome:
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
        What was stored, unchanged or failed. A failed notebook keeps its old file.
    """
    outcome = Outcome()
    record = _read_record()
    todo: dict[Path, NotebookNode] = {}
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        if force or record.get(path.as_posix()) != fingerprint(notebook):
            todo[path] = notebook
        else:
            outcome.unchanged.append(path)

    cells = sum(cell.cell_type == "code" for book in todo.values() for cell in book.cells)
    runs: list[_Run] = []
    with (
        contextlib.ExitStack() as stack,
        tempfile.TemporaryDirectory(prefix="cvbook-training-") as trainings,
        tqdm(total=cells, unit="cell", disable=None) as bar,
        ThreadPoolExecutor(max_workers=max(1, jobs)) as pool,
    ):
        # Kernels inherit both: no bars in stored outputs, no interrupted training taken up.
        os.environ |= {"CVBOOK_QUIET": "1", "CVBOOK_TRAINING": trainings}
        # One notebook alone imports TensorFlow as fast as a server would.
        kernels = stack.enter_context(warm.Pool()) if len(todo) > 1 else None
        pending: dict[Future[NotebookNode], Path] = {}
        for path, notebook in todo.items():
            runs.append(_Run(path, notebook, bar, kernels))
            pending[pool.submit(runs[-1].execute)] = path
        try:
            while pending:
                done, _ = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    path = pending.pop(future)
                    try:
                        notebook = future.result()
                    except _Failure as failure:
                        outcome.failed[path] = str(failure)
                        bar.write(f"failed  {path}", file=sys.stderr)
                        continue
                    _store(notebook, path)
                    # Read again: another run may have written meanwhile.
                    record = _read_record()
                    record[path.as_posix()] = fingerprint(nbformat.read(path, as_version=4))
                    _write(RECORD, json.dumps(record, indent=1, sort_keys=True))
                    outcome.stored.append(path)
                    bar.write(f"stored  {path}", file=sys.stderr)
                    for fault in lint.find(notebook):
                        bar.write(f"        {fault}", file=sys.stderr)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            for started in runs:
                started.stop()
            raise
    return outcome


class _Run:
    """One notebook being executed in a thread, which can be stopped from another."""

    def __init__(
        self, path: Path, notebook: NotebookNode, bar: tqdm, kernels: warm.Pool | None = None
    ):
        self.path, self.notebook, self.bar, self.kernels = path, notebook, bar, kernels
        self.client: Any = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.current = "the kernel's start"

    def execute(self) -> NotebookNode:
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

        self.notebook.metadata.pop("widgets", None)
        manager: Any = self.kernels.manager() if self.kernels else None
        self.client = NotebookClient(
            self.notebook,
            km=manager,
            timeout=CELL_TIMEOUT,
            kernel_name="cvbook",
            store_widget_state=True,
            record_timing=False,
            resources={"metadata": {"path": str(self.path.resolve().parent)}},
            on_notebook_start=self._started,
            on_cell_execute=self._enter,
            on_cell_complete=lambda **_: self.bar.update(),
        )
        try:
            # What a kernel says before its first cell is no output.
            self.client.execute(cleanup_kc=True, stderr=subprocess.DEVNULL)
        except CellExecutionError as error:
            evalue = _ANSI.sub("", str(error.evalue))
            raise _Failure(f"cell `{self.current}`: {error.ename}: {evalue}") from error
        except (CellTimeoutError, DeadKernelError) as error:
            reason = str(error).partition("\n")[0]
            raise _Failure(f"cell `{self.current}`: {reason}") from error
        return normalize.tidy(self.notebook)

    async def _started(self, **_: Any) -> None:
        self.loop = asyncio.get_running_loop()

    def _enter(self, cell: NotebookNode, **_: Any) -> None:
        self.current = cell.id

    def stop(self) -> None:
        """Kill the kernel, so that its thread ends."""
        if self.loop is not None and self.loop.is_running():
            asyncio.run_coroutine_threadsafe(self.client.km.shutdown_kernel(now=True), self.loop)


def _read_record() -> dict[str, str]:
    return json.loads(RECORD.read_text()) if RECORD.is_file() else {}


def _store(notebook: NotebookNode, path: Path) -> None:
    nbformat.validate(notebook)
    _write(path, nbformat.writes(notebook) + "\n")


def _write(path: Path, text: str) -> None:
    """Replace a file in one step, so that an interrupt leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)


def fingerprint(notebook: NotebookNode) -> str:
    """Digest of what decides a notebook's outputs, and of the outputs themselves.

    Parameters
    ----------
    notebook : NotebookNode
        Executed or not.

    Returns
    -------
    str
        Changes with the code, the modules of cvbook it imports, the data set, the libraries'
        versions and the stored outputs; text cells leave it as it is.
    """
    digest = hashlib.sha256()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in code:
        digest.update(
            json.dumps([cell.source, cell.execution_count, cell.outputs], sort_keys=True).encode()
        )
    digest.update(json.dumps(notebook.metadata.get("widgets", {}), sort_keys=True).encode())
    for path in imported_files(cell.source for cell in code):
        digest.update(path.read_bytes())
    for name in LIBRARIES:
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    digest.update(_data_set().encode())
    return digest.hexdigest()


def _data_set() -> str:
    from cvbook.datasets import location

    folder, _ = location.chosen()
    return str(folder or f"drawn {location.COUNT} {location.SIZE} {location.SEED}")


def imported_files(sources: Iterable[str]) -> list[Path]:
    """Files of cvbook that code imports, directly or through other modules of cvbook.

    Parameters
    ----------
    sources : iterable of str
        Python code; lines of IPython magic are left out.

    Returns
    -------
    list of Path
        Modules, and the scripts and styles that lie beside those of a package.
    """
    import cvbook

    root = Path(cvbook.__file__).parent
    found: dict[Path, None] = {}
    queue = [name for source in sources for name in _imports(source, "")]
    while queue:
        name = queue.pop()
        base = root.joinpath(*name.split(".")[1:])
        path = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
        if not path.is_file() or path in found:
            continue
        found[path] = None
        if name != "cvbook":
            package = name if base.is_dir() else name.rpartition(".")[0]
            queue += [name.rpartition(".")[0], *_imports(path.read_text(), package)]
    beside = {
        path
        for folder in {path.parent for path in found} - {root}
        for path in folder.iterdir()
        if path.suffix in {".css", ".js", ".json"}
    }
    return sorted({*found, *beside})


def _imports(source: str, package: str) -> Iterator[str]:
    code = re.sub(r"(?m)^\s*[%!].*$", "", source)
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] == "cvbook")
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            if node.level:
                module = importlib.util.resolve_name(module, package)
            if module.split(".")[0] == "cvbook":
                yield module
                yield from (f"{module}.{alias.name}" for alias in node.names)
