"""Penalties for lateness: set anew at every run, without executing anything.

They depend on what changes after a submission is graded: extensions, marks of a person, the
policy and what it reads.
"""

import datetime

from nbgrader.api import Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc

from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.standings import NotebookStanding, Standing


class Penalties(AssignLatePenalties):
    """nbgrader's step `AssignLatePenalties`, with its settings and plugin, for submissions."""

    def settle(
        self, gradebook: Gradebook, student: str, standing: Standing, timestamp: str
    ) -> bool:
        """Set time and penalties of a submission; the caller commits.

        Parameters
        ----------
        gradebook : Gradebook
        student : str
        standing : Standing
            Changed in place too.
        timestamp : str
            When it was handed in; empty if nobody says.

        Returns
        -------
        bool
            Whether a penalty has changed.

        Raises
        ------
        CvbookError
            If the plugin fails: no student's code is involved.
        """
        time: datetime.datetime | None = parse_utc(timestamp) if timestamp else None
        if time != standing.timestamp:
            own = gradebook.db.query(SubmittedAssignment).filter_by(id=standing.id)
            own.update({"timestamp": time})
            standing.timestamp = time
        changed = False
        for notebook in standing.notebooks.values():
            penalty = self._penalty(student, notebook, standing.seconds_late)
            if penalty != notebook.penalty:
                changed |= (penalty or 0.0) != (notebook.penalty or 0.0)
                row = gradebook.db.query(SubmittedNotebook).filter_by(id=notebook.id)
                row.update({"late_submission_penalty": penalty})
                notebook.penalty = penalty
        return changed

    def _penalty(self, student: str, notebook: NotebookStanding, seconds: float) -> float | None:
        """Ask the plugin; from 0 to the score, as nbgrader takes it."""
        if seconds <= 0:
            return None
        try:
            points = self.plugin_inst.late_submission_penalty(student, notebook.score, seconds)
            return None if points is None else min(max(float(points), 0.0), notebook.score)
        except (Exception, SystemExit) as error:
            said = (str(error).strip().splitlines() or [""])[0][:200]
            raise CvbookError(
                f"grading failed – {student} – {type(error).__name__}: {said}; it is the penalty "
                "for lateness, not the submission: fix it and run this command again; what is "
                "graded is kept"
            ) from error
