"""nbgrader's preprocessor `SaveAutoGrades`, in one transaction per notebook."""

from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import compute_checksum, determine_grade, is_task

from cvbook.grading.nbgrader.gradebook import no_points


class SaveGrades(SaveAutoGrades):
    """Writes the grades of an executed notebook into the gradebook.

    A graded cell that is not in the notebook gets no points, instead of those of an earlier
    submission.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Write the grades of all cells, then commit.

        Parameters
        ----------
        nb : NotebookNode
        resources : dict
            nbgrader's: gradebook, assignment, notebook and student.

        Returns
        -------
        tuple of NotebookNode and dict
            Both unchanged.
        """
        marks = resources["nbgrader"]
        with Gradebook(marks["db_url"]) as gradebook:
            submission = gradebook.find_submission_notebook(
                marks["notebook"], marks["assignment"], marks["student"]
            )
            grades = {grade.name: grade for grade in submission.grades}
            comments = {comment.name: comment for comment in submission.comments}
            for cell in nb.cells:
                own = cell.metadata.get("nbgrader", {})
                name = own.get("grade_id")
                if own.get("grade") and name in grades:
                    grade = grades.pop(name)
                    grade.auto_score = determine_grade(cell, self.log)[0]
                    grade.needs_manual_grade = (
                        grade.manual_score is not None or grade.auto_score is None
                    )
                if name in comments and (own.get("solution") or own.get("task")):
                    comments[name].auto_comment = self._no_response(cell)
            no_points(grade for grade in grades.values() if grade.cell.type != "TaskCell")
            gradebook.db.commit()
        return nb, resources

    @staticmethod
    def _no_response(cell: Any) -> str | None:
        unchanged = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
        return "No response." if unchanged and not is_task(cell) else None
