"""Records of graded submissions: JSON files in the course's `.cvbook/grades`."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from cvbook._files import write_atomic
from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.locks import locked

#: Statuses of a submission. All but `graded` need manual review.
GRADED, UNCLEAR, FLAGGED = "graded", "unclear", "flagged"
INCOMPLETE, BROKEN = "incomplete", "broken"


@dataclass
class GradeRecord:
    """The outcome of one submission.

    Attributes
    ----------
    student : str
    status : str
        `graded`; `unclear` (graded, an outcome can be read in two ways); `flagged` (graded, the
        integrity checks found something); `incomplete` (execution did not reach
        the end, what was not reached has no points); `broken` (nothing could be graded).
    score, max_score : float
        As in the gradebook when it was saved, after penalties and manual grades.
    manual : bool
        Whether a person still has to grade a part of it.
    notes : list of str
        What was changed or left out, in a line each.
    flags : list of str
        Findings for manual review ("무결성").
    unclear : list of str
        Outcomes that can be read in two ways, and how they were read ("판단 필요").
    cells : dict
        Notebook to its graded cells, by name: `{"score", "max_score", "message"}`; the message is
        what the student saw. A cell that ended in a number of points also has what it printed,
        `"shown"`.
    seconds : float
        Of execution only.
    inputs : dict of str to str
        What the grade depends on (`inputs`), piece to hash; empty if it is to be graded again.
    timestamp : str
        When it was handed in, as read from it, in UTC; empty if that is not known.
    saved : str
        Hash of what the gradebook had after saving; empty if nothing was saved.
    why : str
        What had changed when it was graded again, in Korean.
    """

    student: str
    status: str = GRADED
    score: float = 0.0
    max_score: float = 0.0
    manual: bool = False
    notes: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    cells: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    seconds: float = 0.0
    inputs: dict[str, str] = field(default_factory=dict)
    timestamp: str = ""
    saved: str = ""
    why: str = ""

    @property
    def went_wrong(self) -> str:
        """One line for the table: flags, unclear outcomes, then notes."""
        flags = [f"무결성: {flag}" for flag in self.flags]
        unclear = [f"판단 필요: {reason}" for reason in self.unclear]
        return "; ".join([*flags, *unclear, *self.notes])


class GradeRecords:
    """The records of one assignment.

    Parameters
    ----------
    course : Path
    assignment : str
    """

    def __init__(self, course: Path, assignment: str):
        self.folder = course / ".cvbook" / "grades" / assignment
        self._locked = False

    def write(self, record: GradeRecord) -> None:
        """Write one record; it appears as a whole or not at all.

        Parameters
        ----------
        record : GradeRecord
        """
        write_atomic(self._path(record.student), as_json(asdict(record)))

    def read(self, student: str) -> GradeRecord | None:
        """Read one record.

        Parameters
        ----------
        student : str

        Returns
        -------
        GradeRecord or None
            None if there is none.
        """
        try:
            return _read(self._path(student))
        except FileNotFoundError:
            return None

    def __iter__(self) -> Iterator[GradeRecord]:
        for path in sorted(self.folder.glob("*.json")):
            yield _read(path)

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[None]:
        """Lock the assignment: one run at a time grades it. May be nested.

        Raises
        ------
        CvbookError
            If another run is grading it.
        """
        if self._locked:
            yield
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as run:
            try:
                run.enter_context(locked(self.folder / ".lock", wait=False))
            except BlockingIOError:
                raise CvbookError(
                    f"another `cvbook grade` is running – {self.folder.name} – wait until it is "
                    "done"
                ) from None
            self._locked = True
            run.callback(setattr, self, "_locked", False)
            yield

    def _path(self, student: str) -> Path:
        return self.folder / f"{student}.json"


def as_json(value: Any) -> str:
    """Write a value as JSON.

    Parameters
    ----------
    value : object

    Returns
    -------
    str
        Readable in Korean; half characters (lone surrogates) are escaped.
    """
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode()


def _read(path: Path) -> GradeRecord:
    """Read a record; one of an earlier version has other fields and is graded again."""
    values = json.loads(path.read_text("utf-8"))
    known = {one.name for one in fields(GradeRecord)}
    return GradeRecord(**{name: value for name, value in values.items() if name in known})
