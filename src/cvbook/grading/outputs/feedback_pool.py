"""Feedback of a class, in several processes."""

import multiprocessing
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from sqlalchemy.exc import SAWarning

from cvbook.errors import CvbookError
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.nbgrader.gradebook import GradebookError
from cvbook.grading.outputs.feedback import Writer

#: The process's own writer, made once.
_writers: list[Writer] = []


def write_all(
    course: Course, assignment: str, students: Sequence[str], hidden_tests: bool, workers: int
) -> Iterator[tuple[str, str]]:
    """Write the feedback of students.

    Parameters
    ----------
    course : Course
    assignment : str
    students : sequence of str
    hidden_tests : bool
        Whether to show the code of hidden tests.
    workers : int
        Processes; one writes in this process.

    Yields
    ------
    tuple of str
        Student, and why there are no pages; empty where they are written. In any order.

    Raises
    ------
    GradebookError
    """
    made = (course.root, course.db_url, assignment, hidden_tests)
    workers = min(workers, len(students))
    if workers <= 1:
        _start(*made)
        yield from map(_write, students)
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(workers, context, _start, made) as pool:
        try:
            for future in as_completed([pool.submit(_write, student) for student in students]):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _start(root: Path, db_url: str, assignment: str, hidden_tests: bool) -> None:
    warnings.simplefilter("ignore", SAWarning)  # raised by nbgrader's own models
    _writers[:] = [Writer(Course(root, db_url), assignment, hidden_tests)]


def _write(student: str) -> tuple[str, str]:
    try:
        _writers[0].write(student)
    except GradebookError:  # of all students
        raise
    except CvbookError as error:  # must not stop the others
        return student, str(error)
    return student, ""
