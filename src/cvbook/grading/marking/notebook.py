"""The notebook in which an instructor grades by hand."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cvbook._files import write_atomic
from cvbook.errors import CvbookError
from cvbook.grading import tasks as tasks_of
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.nbgrader.gradebook import shown

TEXT = """\
# {assignment}: 손으로 채점하기

아래 셀을 실행한다(Shift+Enter). 저장한 점수와 의견은 곧바로 nbgrader의 성적부에 들어가고
Formgrader에도 보인다.
다시 열면 남은 답부터 이어진다."""


def write(course: Course, assignment: str, db: str | None = None, hide_names: bool = False) -> Path:
    """Write the notebook into the course folder, in place of any earlier one.

    Parameters
    ----------
    course : Course
    assignment : str
    db : str, optional
        The gradebook, where it is not the configured one.
    hide_names : bool

    Returns
    -------
    Path

    Raises
    ------
    CvbookError
        If nobody was graded, or nothing in the assignment is graded by hand, or the address of the
        gradebook holds a password.
    """
    course.specs(assignment)
    if not any(task.by_hand for task in tasks_of.of_assignment(course, assignment)):
        raise CvbookError(
            f"nothing to grade by hand – {assignment} – all of its tasks are graded by tests"
        )
    if db and shown(db) != db:
        raise CvbookError(
            f"a password would stand in the notebook – {shown(db)} – set "
            "c.CourseDirectory.db_url in nbgrader_config.py and leave --db out"
        )
    arguments = [repr(assignment)]
    arguments += [f"db={db!r}"] if db else []
    arguments += ["hide_names=True"] if hide_names else []
    code = f"from cvbook.grading.marking import Marking\n\nMarking({', '.join(arguments)})"
    kernel = {"name": "cvbook", "display_name": "Python 3 (cvbook)", "language": "python"}
    book = new_notebook(
        cells=[new_markdown_cell(TEXT.format(assignment=assignment)), new_code_cell(code)],
        metadata={"kernelspec": kernel},
    )
    path = course.root / f"{assignment}-mark.ipynb"
    write_atomic(path, nbformat.writes(book))
    return path
