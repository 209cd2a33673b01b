"""Records of graded submissions: JSON files in the course's `.cvbook/grades`."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cvbook._files import write_atomic

#: Statuses of a submission. All but `graded` need manual review.
GRADED, FLAGGED, INCOMPLETE, BROKEN = "graded", "flagged", "incomplete", "broken"


@dataclass
class GradeRecord:
    """The outcome of one submission.

    Attributes
    ----------
    student : str
    status : str
        `graded`; `flagged` (graded, for manual review); `incomplete` (execution did not reach
        the end, what was not reached has no points); `broken` (nothing could be graded).
    score, max_score : float
        As in the gradebook when it was saved.
    notes : list of str
        What was changed or left out, in a line each.
    flags : list of str
        Findings for manual review ("무결성").
    cells : dict
        Graded cell to `{"score", "max_score", "message"}`; the message is what the student saw.
    seconds : float
        Of execution only.
    key : str
        Hash of everything that the grade depends on.
    """

    student: str
    status: str = GRADED
    score: float = 0.0
    max_score: float = 0.0
    notes: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    cells: dict[str, dict[str, Any]] = field(default_factory=dict)
    seconds: float = 0.0
    key: str = ""

    @property
    def went_wrong(self) -> str:
        """One line for the table: flags, then notes."""
        flags = [f"무결성: {flag}" for flag in self.flags]
        return "; ".join([*flags, *self.notes])


class GradeRecords:
    """The records of one assignment.

    Parameters
    ----------
    course : Path
    assignment : str
    """

    def __init__(self, course: Path, assignment: str):
        self.folder = course / ".cvbook" / "grades" / assignment

    def write(self, record: GradeRecord) -> None:
        """Write one record; it appears as a whole or not at all.

        Parameters
        ----------
        record : GradeRecord
        """
        text = json.dumps(asdict(record), ensure_ascii=False, indent=1)
        write_atomic(self._path(record.student), text)

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
            return GradeRecord(**json.loads(self._path(student).read_text("utf-8")))
        except FileNotFoundError:
            return None

    def __iter__(self) -> Iterator[GradeRecord]:
        for path in sorted(self.folder.glob("*.json")):
            yield GradeRecord(**json.loads(path.read_text("utf-8")))

    def _path(self, student: str) -> Path:
        return self.folder / f"{student}.json"
