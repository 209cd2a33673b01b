"""What the gradebook says of an assignment's submissions, read for the whole class at once."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import (
    BaseCell,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)


@dataclass
class NotebookStanding:
    """One notebook of a submission.

    Attributes
    ----------
    id : str
        The gradebook's.
    penalty : float or None
        For lateness.
    score : float
        Before it.
    automatic : dict of str to (float or None)
        Cell to what grading gave it.
    """

    id: str
    penalty: float | None
    score: float = 0.0
    automatic: dict[str, float | None] = field(default_factory=dict)


@dataclass
class Standing:
    """One submission.

    Attributes
    ----------
    id : str
        The gradebook's.
    timestamp : datetime or None
        In UTC.
    due : datetime or None
        With the student's extension, in UTC.
    max_score : float
    manual : bool
        Whether a person has to grade a part of it.
    notebooks : dict of str to NotebookStanding
        By name.
    """

    id: str
    timestamp: datetime.datetime | None
    due: datetime.datetime | None
    max_score: float
    manual: bool = False
    notebooks: dict[str, NotebookStanding] = field(default_factory=dict)

    @property
    def seconds_late(self) -> float:
        """Seconds from the deadline to the submission; 0 if it was in time."""
        if self.timestamp is None or self.due is None:
            return 0.0
        return max(0.0, (self.timestamp - self.due).total_seconds())

    @property
    def score(self) -> float:
        """Score after the penalties, as nbgrader exports it."""
        before = sum(one.score for one in self.notebooks.values())
        return max(0.0, before - sum(one.penalty or 0.0 for one in self.notebooks.values()))

    @property
    def digest(self) -> str:
        """Hash of what grading gave: it differs where another program graded in between."""
        cells = [
            (name, cell, None if score is None else round(score, 9))
            for name, one in sorted(self.notebooks.items())
            for cell, score in sorted(one.automatic.items())
        ]
        return hashlib.sha256(repr(cells).encode()).hexdigest()[:16]


def read(
    gradebook: Gradebook, assignment: str, students: Sequence[str] | None = None
) -> dict[str, Standing]:
    """Read the standings of an assignment.

    Parameters
    ----------
    gradebook : Gradebook
    assignment : str
    students : sequence of str, optional
        Only theirs; a few.

    Returns
    -------
    dict of str to Standing
        By student; without those of whom the gradebook has no submission.
    """
    try:
        own = gradebook.find_assignment(assignment)
    except MissingEntry:
        return {}
    chosen = [SubmittedAssignment.assignment_id == own.id]
    if students is not None:
        chosen.append(SubmittedAssignment.student_id.in_(students))
    standings = {
        id_: (student, Standing(id_, timestamp, _due(own.duedate, extension), float(own.max_score)))
        for id_, student, timestamp, extension in gradebook.db.query(
            SubmittedAssignment.id,
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.extension,
        ).filter(*chosen)
    }
    notebooks = {}
    for id_, submission, name, penalty in (
        gradebook.db.query(
            SubmittedNotebook.id,
            SubmittedNotebook.assignment_id,
            Notebook.name,
            SubmittedNotebook.late_submission_penalty,
        )
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .filter(*chosen)
    ):
        if submission not in standings:  # of another run, since the query above
            continue
        standing = standings[submission][1]
        one = standing.notebooks[name] = NotebookStanding(id_, penalty)
        notebooks[id_] = standing, one
    _add_grades(gradebook, chosen, notebooks)
    return dict(standings.values())


def _due(due: datetime.datetime | None, extension: datetime.timedelta | None) -> Any:
    return due + extension if due and extension else due


def _add_grades(
    gradebook: Gradebook,
    chosen: list[Any],
    notebooks: dict[str, tuple[Standing, NotebookStanding]],
) -> None:
    for id_, cell, automatic, score, manual in (
        gradebook.db.query(
            Grade.notebook_id,
            BaseCell.name,
            Grade.auto_score,
            Grade.score,
            Grade.needs_manual_grade,
        )
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .filter(*chosen)
    ):
        if id_ not in notebooks:
            continue
        standing, one = notebooks[id_]
        one.automatic[cell] = automatic
        one.score += float(score or 0.0)
        standing.manual |= bool(manual)
