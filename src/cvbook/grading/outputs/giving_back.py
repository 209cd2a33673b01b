"""Feedback on its way to students: nbgrader's exchange, or a ZIP file for Moodle."""

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from nbgrader.apps.api import NbGraderAPI

from cvbook.errors import CvbookError
from cvbook.grading.lms.roster import Roster, normalize
from cvbook.grading.nbgrader.course import Course
from cvbook.grading.outputs.feedback import EXCHANGE_FILES


def release(
    course: Course, assignment: str, students: Sequence[str]
) -> tuple[list[str], list[tuple[str, str]]]:
    """Put feedback into nbgrader's exchange, where `nbgrader fetch_feedback` finds it.

    Parameters
    ----------
    course : Course
    assignment : str
    students : sequence of str
        With feedback.

    Returns
    -------
    tuple of list
        Students whose feedback is there; others, with the reason.

    Raises
    ------
    CvbookError
        If the course has no id, or the exchange cannot be written.
    """
    if not course.directory.course_id:
        raise CvbookError(
            f"no course_id – nbgrader_config.py of {course.root} – set "
            "c.CourseDirectory.course_id: students fetch feedback by it"
        )
    api = NbGraderAPI(coursedir=course.directory, config=course.config)
    released, left = [], []
    for student in students:
        folder = course.folder("feedback", student, assignment)
        absent = [name for name in EXCHANGE_FILES if not (folder / name).is_file()]
        if absent:
            left.append((student, f"not submitted through the exchange: no {', '.join(absent)}"))
            continue
        result = api.release_feedback(assignment, student)
        if not result["success"]:
            said = (result.get("error") or result.get("log") or "").strip().splitlines()
            raise CvbookError(
                f"cannot release feedback – {course.config.Exchange.get('root', 'exchange')} – "
                f"{' '.join(said[-1:])}"
            )
        released.append(student)
    return released, left


def zip_for_moodle(
    course: Course, assignment: str, students: Sequence[str], roster: Roster, path: Path
) -> tuple[list[str], list[tuple[str, str]]]:
    """Write what Moodle's *Upload multiple feedback files in a zip* reads.

    Moodle (`mod/assign/feedback/file/importziplib.php`) splits the name of each folder at `_` into
    full name, participant number, `assignsubmission`, `file` and a rest.

    Parameters
    ----------
    course : Course
    assignment : str
    students : sequence of str
        With feedback.
    roster : Roster
        The assignment's grading worksheet, which has the participant numbers.
    path : Path
        Of the ZIP file.

    Returns
    -------
    tuple of list
        Students whose feedback is in it; others, with the reason.
    """
    known = roster.by_student()
    inside, left = [], []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for student in students:
            entry = known.get(normalize(student))
            if entry is None or not entry.lms_id:
                left.append((student, f"no participant number in {roster.path.name}"))
                continue
            name = re.sub(r"[_/\\]+", " ", entry.name or student).strip()
            folder = f"{name}_{entry.lms_id}_assignsubmission_file_"
            for page in sorted(course.folder("feedback", student, assignment).glob("*.html")):
                archive.write(page, f"{folder}/{page.name}")
            inside.append(student)
    return inside, left
