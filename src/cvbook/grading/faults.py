"""Faults of the machine or the course, which end a run instead of costing a student points."""

import errno
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path

from nbformat.v4 import new_code_cell, new_notebook, writes
from sqlalchemy.exc import SQLAlchemyError
from traitlets import TraitError

from cvbook.errors import CvbookError
from cvbook.grading.integrity.source import import_statements, written_modules
from cvbook.grading.jobs import ExecutionResult
from cvbook.grading.nbgrader import stable
from cvbook.grading.nbgrader.gradebook import TRANSIENT_DB_ERRORS
from cvbook.grading.normalization import NotebookSpec
from cvbook.grading.submission import printable

#: Errors of a disk or a system that is full, broken or closed to us.
SYSTEM_ERRORS = {
    errno.EACCES, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC,
    errno.EPERM, errno.EROFS, errno.ESTALE,
}  # fmt: skip
#: How many first submissions that all fail alike end a run.
ALIKE = 3


def is_fault(error: BaseException) -> bool:
    """Whether disk, database, configuration or a plugin caused an error, not the submission.

    Parameters
    ----------
    error : BaseException
        What a file raises that is neither installed nor of this package is the course's own:
        students' code runs in other processes.

    Returns
    -------
    bool
    """
    if isinstance(error, OSError):
        return error.errno in SYSTEM_ERRORS
    ours = (CvbookError, ImportError, MemoryError, SQLAlchemyError, SystemExit, TraitError)
    if isinstance(error, (*ours, *TRANSIENT_DB_ERRORS)):
        return True
    frames = traceback.extract_tb(error.__traceback__)
    return any(stable.is_course_code(Path(frame.filename)) for frame in frames)


def first_line(error: BaseException | None) -> str:
    """Return the first line of an error's message, printable.

    Parameters
    ----------
    error : BaseException or None

    Returns
    -------
    str
    """
    return printable((str(error).strip().splitlines() or [""])[0][:200])


def suspicion(fault: str) -> str:
    """Say that an outcome may be the machine's.

    Parameters
    ----------
    fault : str
        Of an `ExecutionResult`.

    Returns
    -------
    str
        In Korean.
    """
    return f"기계나 과제의 탓일 수 있어 다음 실행에서 다시 채점함: {printable(fault)}"


def trial_notebook(spec: NotebookSpec) -> bytes:
    """Make a notebook of the assignment's own imports: what it needs before any submission.

    Parameters
    ----------
    spec : NotebookSpec

    Returns
    -------
    bytes
        JSON; without cells where the kernel is not Python's.
    """
    own = [cell.source for cell in spec.cells.values() if cell.locked and cell.cell_type == "code"]
    all_code = [cell.source for cell in spec.cells.values() if cell.cell_type == "code"]
    statements = import_statements(own, written_modules(all_code)) if spec.is_python else []
    cells = [new_code_cell(statement) for statement in statements]
    text: str = writes(new_notebook(cells=cells))
    return text.encode()


def trial_problem(results: Iterable[ExecutionResult], specs: Iterable[NotebookSpec]) -> str:
    """Say what the trial found.

    Parameters
    ----------
    results : iterable of ExecutionResult
        Of the `trial_notebook` of each notebook.
    specs : iterable of NotebookSpec

    Returns
    -------
    str
        The error message; empty if all is well.
    """
    import nbformat

    for result, spec in zip(results, specs, strict=True):
        if result.stopped:
            return f"{result.stopped} – the imports of {spec.name} – no grade was changed"
        for cell in nbformat.reads(result.notebook.decode(), as_version=4).cells:
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    return (
                        f"{output.ename}: {output.evalue} – `{cell.source.splitlines()[0]}` of "
                        f"{spec.name} – install what is missing; no grade was changed"
                    )
    return ""


def fail_alike(signs: Sequence[str]) -> bool:
    """Whether submissions all failed in the same way.

    Parameters
    ----------
    signs : sequence of str
        The `fault` of each; empty for one without.

    Returns
    -------
    bool
    """
    return len(signs) > 1 and bool(signs[0]) and len(set(signs)) == 1
