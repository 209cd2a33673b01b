"""Results of an assignment, cell by cell, as the gradebook has them."""

from dataclasses import dataclass, field

from nbgrader.api import Gradebook, SubmittedAssignment

from cvbook.grading.nbgrader.gradebook import net_score
from cvbook.grading.tasks import Task


@dataclass
class Result:
    """What the gradebook has of one student's submission.

    Attributes
    ----------
    student : str
    score, max_score : float
        After the penalty for lateness.
    points : dict of tuple to float
        Notebook and graded cell to its points.
    to_grade : set of tuple
        Notebook and cell of what a person still has to grade.
    again : set of tuple
        Those that a person graded before the submission was graded anew.
    comments : dict of tuple to str
        Notebook and answer cell to a person's comment.
    seconds_late : float
    penalties : dict of str to float
        Notebook to the points that lateness costs.
    ids : dict of str to str
        Notebook to the id that Formgrader's page of it has.
    """

    student: str
    score: float
    max_score: float
    points: dict[tuple[str, str], float] = field(default_factory=dict)
    to_grade: set[tuple[str, str]] = field(default_factory=set)
    again: set[tuple[str, str]] = field(default_factory=set)
    comments: dict[tuple[str, str], str] = field(default_factory=dict)
    seconds_late: float = 0.0
    penalties: dict[str, float] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def penalty(self) -> float:
        """Points that lateness costs."""
        return sum(self.penalties.values())

    def of_task(self, task: Task) -> float | None:
        """Points of a task.

        Parameters
        ----------
        task : Task

        Returns
        -------
        float or None
            None where a person still has to grade it.
        """
        if self.to_grade.intersection(task.places):
            return None
        return sum(self.points.get(place, 0.0) for place in task.places)


def of_assignment(gradebook: Gradebook, assignment: str) -> dict[str, Result]:
    """Read the results of all students.

    Parameters
    ----------
    gradebook : Gradebook
    assignment : str

    Returns
    -------
    dict of str to Result
        By student.
    """
    return {
        one.student.id: of_submission(one) for one in gradebook.assignment_submissions(assignment)
    }


def of_submission(submission: SubmittedAssignment) -> Result:
    """Read the results of one submission.

    Parameters
    ----------
    submission : SubmittedAssignment

    Returns
    -------
    Result
    """
    result = Result(
        submission.student.id,
        net_score(submission),
        float(submission.max_score),
        seconds_late=float(submission.total_seconds_late),
    )
    for notebook in submission.notebooks:
        result.ids[notebook.name] = notebook.id
        result.penalties[notebook.name] = float(notebook.late_submission_penalty or 0)
        for grade in notebook.grades:
            place = (notebook.name, grade.name)
            result.points[place] = float(grade.score or 0)
            if grade.manual_score is None and grade.auto_score is None:
                result.to_grade.add(place)
            elif grade.needs_manual_grade:
                (result.to_grade if grade.manual_score is None else result.again).add(place)
        for comment in notebook.comments:
            if comment.comment:
                result.comments[notebook.name, comment.name] = comment.comment
    return result
